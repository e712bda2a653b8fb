import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import type { Dashboard } from "@/shared/api/types";
import type { Period } from "./search";

const LIVE_MS = 30_000;
/** The server keeps an answer of which a part failed no longer than this. */
const DEGRADED_MS = 5_000;

/** How soon the page is asked for again: sooner where a part of it is missing. */
export function renewedAfterMs(dashboard: Pick<Dashboard, "errors"> | undefined): number {
  return Object.keys(dashboard?.errors ?? {}).length > 0 ? DEGRADED_MS : LIVE_MS;
}

/** Everything the home page draws, in one call; as fresh as the server's own cache. */
export function dashboardQuery(period: Period) {
  return queryOptions({
    queryKey: ["dashboard", period],
    queryFn: () => unwrap(api.GET("/api/v1/dashboard/all", { params: { query: { period } } })),
    refetchInterval: (query) => renewedAfterMs(query.state.data),
    placeholderData: keepPreviousData,
  });
}

/** The agency's limits. Other people and jobs use them too, so the figures are looked at again. */
export const usageQuery = queryOptions({
  queryKey: ["usage"],
  queryFn: () => unwrap(api.GET("/api/v1/usage/limits")),
  refetchInterval: LIVE_MS,
});
