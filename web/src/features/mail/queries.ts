import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import { filterOf, type State } from "./search";

const PAGE = 50;
const LIST_MS = 15_000;
const UNDER_WAY_MS = 2_000;

export const lettersKey = ["letters"] as const;

/** Outgoing mail, newest first. */
export function lettersQuery(state: State | undefined, q: string | undefined) {
  return infiniteQueryOptions({
    queryKey: [...lettersKey, "list", state, q],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/v1/mail", {
          params: { query: { ...filterOf(state), q, limit: PAGE, cursor: pageParam ?? undefined } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? null,
    refetchInterval: LIST_MS,
  });
}

export function letterQuery(id: string) {
  return queryOptions({
    queryKey: [...lettersKey, "one", id],
    queryFn: () => unwrap(api.GET("/api/v1/mail/{mail_id}", { params: { path: { mail_id: id } } })),
    refetchInterval: ({ state }) =>
      ["held", "queued", "sending"].includes(state.data?.status ?? "") ? UNDER_WAY_MS : LIST_MS,
  });
}
