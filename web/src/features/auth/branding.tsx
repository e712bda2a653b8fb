import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { api, unwrap } from "@/shared/api/client";
import { session } from "@/shared/api/session";
import type { Branding, User } from "@/shared/api/types";
import { setAccent } from "@/shared/lib/look";
import { t } from "@/shared/lib/text";

const HOUR_MS = 3_600_000;
const PLATFORM_ACCENT = "#0f766e";

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

export function useBranding(): Branding {
  const { data } = useQuery(brandingQuery(useUser()?.tenant_id ?? null));
  return data ?? { tenant_id: null, name: t("app.name"), accent: PLATFORM_ACCENT, logo_url: null };
}

/** Wears the branding's accent as soon as it is known. */
export function BrandingKeeper() {
  const { data } = useQuery(brandingQuery(useUser()?.tenant_id ?? null));
  useEffect(() => {
    if (data) setAccent(data.accent);
  }, [data]);
  return null;
}
