import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import type { EnquiryStatus } from "@/shared/api/types";
import { type Page, pageOf } from "./pages";
import type { View } from "./search";

const PAGE = 50;

export const enquiriesKey = ["enquiries"] as const;

const STATUSES: Record<View, readonly EnquiryStatus[] | null> = {
  open: ["received", "parsed", "needs_review", "failed"],
  waiting: ["waiting_for_customer"],
  quoted: ["quoted"],
  snoozed: null,
  all: null,
};

/** What is out of sight stands in its own view and under "all". */
const SNOOZED: Record<View, boolean | undefined> = {
  open: false,
  waiting: false,
  quoted: undefined,
  snoozed: true,
  all: undefined,
};

function asker(view: View) {
  return (status: EnquiryStatus | undefined, cursor: string | undefined): Promise<Page> =>
    unwrap(
      api.GET("/api/v1/enquiries", { params: { query: { status, limit: PAGE, cursor, snoozed: SNOOZED[view] } } }),
    );
}

/** The inbox, newest first. */
export function enquiriesQuery(view: View) {
  const statuses = STATUSES[view];
  const ask = asker(view);
  return infiniteQueryOptions({
    queryKey: [...enquiriesKey, "list", view],
    queryFn: ({ pageParam }) => (statuses ? pageOf(statuses, pageParam, ask) : ask(undefined, pageParam ?? undefined)),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? null,
    refetchInterval: 15_000,
  });
}

export function enquiryQuery(id: string) {
  return queryOptions({
    queryKey: [...enquiriesKey, "one", id],
    queryFn: () => unwrap(api.GET("/api/v1/enquiries/{enquiry_id}", { params: { path: { enquiry_id: id } } })),
    // Mail that is being read is not finished yet: look again soon.
    refetchInterval: (query) => (query.state.data?.status === "received" ? 2_000 : 30_000),
  });
}

/** Everybody of the agency who can work on an enquiry. */
export function colleaguesQuery() {
  return queryOptions({
    queryKey: ["colleagues"],
    queryFn: () => unwrap(api.GET("/api/v1/colleagues")),
    staleTime: 300_000,
  });
}
