import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import type { Period } from "./search";

const LIVE_MS = 30_000;

/** Everything the home page draws, in one call; as fresh as the server's own cache. */
export function dashboardQuery(period: Period) {
  return queryOptions({
    queryKey: ["dashboard", period],
    queryFn: () => unwrap(api.GET("/api/v1/dashboard/all", { params: { query: { period } } })),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}

/** The agency's limits. Other people and jobs use them too, so the figures are looked at again. */
export const usageQuery = queryOptions({
  queryKey: ["usage"],
  queryFn: () => unwrap(api.GET("/api/v1/usage/limits")),
  refetchInterval: LIVE_MS,
});
