import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { api, unwrap } from "@/shared/api/client";
import { session } from "@/shared/api/session";
import type { Branding, User } from "@/shared/api/types";
import { setAccent } from "@/shared/lib/look";
import { t } from "@/shared/lib/text";

const HOUR_MS = 3_600_000;
const PLATFORM: Branding = { tenant_id: null, name: t("app.name"), accent: "#0f766e", logo_url: null };

/** Name, accent and logo: of the agency of the person signed in, else of whoever owns this address. */
export function brandingQuery(tenantId: string | null) {
  return queryOptions({
    queryKey: ["branding", tenantId],
    queryFn: () => unwrap(api.GET("/api/v1/branding", { headers: tenantId ? { "X-Client-ID": tenantId } : {} })),
    staleTime: HOUR_MS,
    gcTime: Number.POSITIVE_INFINITY,
  });
}

/** The person signed in; null at the log-in page. */
export function useUser(): User | null {
  const state = useSyncExternalStore(session.subscribe, session.snapshot);
  return state.status === "signed_in" ? state.user : null;
}

/** The branding that is to be worn; undefined until it is known. The platform's operators wear the platform's own. */
function useKnownBranding(): Branding | undefined {
  const user = useUser();
  const operator = user !== null && user.tenant_id === null;
  const { data } = useQuery({ ...brandingQuery(user?.tenant_id ?? null), enabled: !operator });
  return operator ? PLATFORM : data;
}

export function useBranding(): Branding {
  return useKnownBranding() ?? PLATFORM;
}

/** Wears the branding's accent as soon as it is known. */
export function BrandingKeeper() {
  const accent = useKnownBranding()?.accent;
  useEffect(() => {
    if (accent) setAccent(accent);
  }, [accent]);
  return null;
}
