import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, fetchBlob, unwrap } from "@/shared/api/client";
import type { QuoteStatus, QuotesSearch } from "./search";
import { isSending } from "./status";

const PAGE = 50;

export const quotesKey = ["quotes"] as const;

/** The table's pages for its filters. */
export function quotesQuery(search: QuotesSearch) {
  return infiniteQueryOptions({
    queryKey: [...quotesKey, "list", search],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/v1/quotes", {
          params: {
            query: { ...search, status: search.status && [search.status], limit: PAGE, cursor: pageParam ?? undefined },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? null,
  });
}

/** The first few that fit a text: for the palette. */
export function quotesSearchQuery(q: string) {
  return queryOptions({
    queryKey: [...quotesKey, "search", q],
    queryFn: () => unwrap(api.GET("/api/v1/quotes", { params: { query: { q, limit: 5 } } })),
    enabled: q !== "",
  });
}

export function quoteQuery(id: string) {
  return queryOptions({
    queryKey: [...quotesKey, "one", id],
    queryFn: () => unwrap(api.GET("/api/v1/quotes/{quote_id}", { params: { path: { quote_id: id } } })),
    refetchInterval: ({ state }) => (state.data && isSending(state.data) ? 1_500 : false),
  });
}

/** How each option's total comes about, down to the cell. */
export function explanationQuery(id: string) {
  return queryOptions({
    queryKey: [...quotesKey, "explanation", id],
    queryFn: () => unwrap(api.GET("/api/v1/quotes/{quote_id}/explanation", { params: { path: { quote_id: id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The PDF's bytes; a new one for every version and status, since sending may change it. */
export function quotePdfQuery(id: string, stamp: string) {
  return queryOptions({
    queryKey: [...quotesKey, "pdf", id, stamp],
    queryFn: ({ signal }) => fetchBlob(`/api/v1/quotes/${encodeURIComponent(id)}/pdf`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The newest drafts: they ask to be sent. */
export const draftsQuery = queryOptions({
  queryKey: [...quotesKey, "drafts"],
  queryFn: () => unwrap(api.GET("/api/v1/quotes", { params: { query: { status: ["draft"], limit: 50 } } })),
  refetchInterval: 60_000,
});

/** Quotes that a customer may still take, and whose last day is one of these. */
export function expiringQuery(expires_from: string, expires_until: string) {
  const status: QuoteStatus[] = ["sent", "viewed"];
  return queryOptions({
    queryKey: [...quotesKey, "expiring", expires_from, expires_until],
    queryFn: () =>
      unwrap(api.GET("/api/v1/quotes", { params: { query: { status, expires_from, expires_until, limit: 200 } } })),
    refetchInterval: 60_000,
  });
}

/** The places that the agency sells. */
export const destinationsQuery = queryOptions({
  queryKey: ["destinations"],
  queryFn: () => unwrap(api.GET("/api/v1/rates/destinations")),
  staleTime: 600_000,
});
