/** What on the home page asks for a hand: open enquiries, quotes about to expire, drafts to send; most pressing first. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { newestFirst } from "@/features/inbox/pages";
import { enquiriesQuery } from "@/features/inbox/queries";
import { draftsQuery, expiringQuery } from "@/features/quotes/queries";
import type { Enquiry, Quote } from "@/shared/api/types";
import { addDays, daysBetween, today } from "@/shared/lib/dates";

export type Attention =
  | { kind: "expiring"; quote: Quote; days: number }
  | { kind: "enquiry"; enquiry: Enquiry }
  | { kind: "draft"; quote: Quote };

const SOON_DAYS = 1;

/** The list in the order in which it should be worked off. */
export function attentionOf(
  enquiries: readonly Enquiry[],
  out: readonly Quote[],
  drafts: readonly Quote[],
  day: string,
): Attention[] {
  const expiring = out
    .flatMap((quote) => (quote.valid_until ? [{ quote, days: daysBetween(day, quote.valid_until) }] : []))
    .filter(({ days }) => days >= 0 && days <= SOON_DAYS)
    .sort((a, b) => a.days - b.days);
  return [
    ...expiring.map(({ quote, days }): Attention => ({ kind: "expiring", quote, days })),
    ...enquiries.map((enquiry): Attention => ({ kind: "enquiry", enquiry })),
    ...drafts.map((quote): Attention => ({ kind: "draft", quote })),
  ];
}

const SHARES: Record<Attention["kind"], number> = { expiring: 3, enquiry: 4, draft: 2 };

/** The few to begin with: some of every kind, so that no kind hides another. */
export function firstOf(items: readonly Attention[]): Attention[] {
  const taken = { expiring: 0, enquiry: 0, draft: 0 };
  return items.filter(({ kind }) => {
    taken[kind] += 1;
    return taken[kind] <= SHARES[kind];
  });
}

/** How many of a kind there are; `more` than so many where one page does not hold them all. */
export type Tally = { count: number; more: boolean };

export type AttentionState = {
  items: Attention[];
  enquiries: Tally;
  expiring: Tally;
  drafts: Tally;
  pending: boolean;
  failed: boolean;
  retry: () => void;
};

export function useAttention(): AttentionState {
  const day = today();
  const enquiries = useInfiniteQuery(enquiriesQuery("open"));
  const expiring = useQuery(expiringQuery(day, addDays(day, SOON_DAYS)));
  const drafts = useQuery(draftsQuery);
  const all = [enquiries, expiring, drafts];
  const open = newestFirst(enquiries.data?.pages ?? []);
  const made = drafts.data?.items ?? [];
  const items = attentionOf(open, expiring.data?.items ?? [], made, day);
  const endsToday = items.filter((item) => item.kind === "expiring" && item.days === 0).length;
  return {
    items,
    enquiries: { count: open.length, more: enquiries.hasNextPage },
    expiring: { count: endsToday, more: Boolean(expiring.data?.next_cursor) },
    drafts: { count: made.length, more: Boolean(drafts.data?.next_cursor) },
    pending: all.some((query) => query.isPending),
    failed: all.some((query) => query.isError),
    retry: () => {
      for (const query of all) if (query.isError) void query.refetch();
    },
  };
}
