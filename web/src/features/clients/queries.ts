import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import type { Stage } from "./search";

const PAGE = 50;

export const clientsKey = ["clients"] as const;

/** Clients of one stage, or of all, that fit a text. */
export function clientsQuery(filter: { stage?: Stage; q?: string; sort?: "name" | "newest" }) {
  return infiniteQueryOptions({
    queryKey: [...clientsKey, "list", filter],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/v1/crm/clients", {
          params: { query: { ...filter, limit: PAGE, cursor: pageParam ?? undefined } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? null,
  });
}

/** The first few that fit a text: for the palette. */
export function clientsSearchQuery(q: string) {
  return queryOptions({
    queryKey: [...clientsKey, "search", q],
    queryFn: () => unwrap(api.GET("/api/v1/crm/clients", { params: { query: { q, limit: 5 } } })),
    enabled: q !== "",
  });
}

export function clientQuery(id: string) {
  return queryOptions({
    queryKey: [...clientsKey, "one", id],
    queryFn: () => unwrap(api.GET("/api/v1/crm/clients/{client_id}", { params: { path: { client_id: id } } })),
  });
}

export function timelineQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...clientsKey, "timeline", id],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/v1/crm/clients/{client_id}/timeline", {
          params: { path: { client_id: id }, query: { limit: PAGE, cursor: pageParam ?? undefined } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? null,
  });
}

/** Count and sum of every stage. */
export const pipelineQuery = queryOptions({
  queryKey: [...clientsKey, "pipeline"],
  queryFn: () => unwrap(api.GET("/api/v1/crm/pipeline")),
});
