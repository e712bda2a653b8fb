import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import { problemOf } from "@/shared/api/problem";
import { t } from "@/shared/lib/text";
import { toastDone, toastFailed } from "@/shared/ui/toast";
import type { SettingsSearch } from "./search";

const PAGE = 50;
const key = ["settings"] as const;
const paged = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: { next_cursor?: string | null }) => page.next_cursor ?? null,
};
const at = (cursor: string | null) => ({ params: { query: { limit: PAGE, cursor: cursor ?? undefined } } });

export const peopleQuery = infiniteQueryOptions({
  queryKey: [...key, "people"],
  queryFn: ({ pageParam }) => unwrap(api.GET("/api/v1/users", at(pageParam))),
  ...paged,
});

export const invitationsQuery = infiniteQueryOptions({
  queryKey: [...key, "invitations"],
  queryFn: ({ pageParam }) => unwrap(api.GET("/api/v1/users/invitations", at(pageParam))),
  ...paged,
});

export const keysQuery = infiniteQueryOptions({
  queryKey: [...key, "keys"],
  queryFn: ({ pageParam }) => unwrap(api.GET("/api/v1/api-keys", at(pageParam))),
  ...paged,
});

type AuditFilter = Pick<SettingsSearch, "q" | "kind" | "topic" | "from" | "to">;

export const auditQuery = ({ topic, ...wanted }: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: [...key, "audit", topic, wanted],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/v1/audit", {
          params: { query: { ...wanted, action: topic, limit: PAGE, cursor: pageParam ?? undefined } },
        }),
      ),
    ...paged,
  });

export const sessionsQuery = queryOptions({
  queryKey: [...key, "sessions"],
  queryFn: () => unwrap(api.GET("/api/v1/auth/sessions")),
});

export const webFormQuery = queryOptions({
  queryKey: [...key, "web-form"],
  queryFn: () => unwrap(api.GET("/api/v1/settings/web-form")),
});

export const workingDaysQuery = queryOptions({
  queryKey: [...key, "working-days"],
  queryFn: () => unwrap(api.GET("/api/v1/settings/working-days")),
});

export const absencesQuery = queryOptions({
  queryKey: [...key, "absences"],
  queryFn: () => unwrap(api.GET("/api/v1/absences")),
});

export const factorQuery = queryOptions({
  queryKey: [...key, "factor"],
  queryFn: () => unwrap(api.GET("/api/v1/auth/second-factor")),
});

/** A change of the settings: says that it is done, or why not, and reads the lists anew. */
export function useChange<In, Out>(change: (input: In) => Promise<Out>, done?: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      if (done) toastDone(done);
      return client.invalidateQueries({ queryKey: key });
    },
    onError: (error) => toastFailed(t("settings.failed"), problemOf(error).detail || undefined),
  });
}
