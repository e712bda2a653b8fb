/** What on the home page asks for a hand: open enquiries, quotes about to expire, drafts to send; most pressing first. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { newestFirst } from "@/features/inbox/pages";
import { enquiriesQuery } from "@/features/inbox/queries";
import { quotesByStatusQuery } from "@/features/quotes/queries";
import type { Enquiry, Quote } from "@/shared/api/types";
import { daysBetween, today } from "@/shared/lib/dates";

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

export type AttentionState = {
  items: Attention[];
  counts: { enquiries: number; expiring: number; drafts: number };
  /** More enquiries are open than one page holds. */
  more: boolean;
  pending: boolean;
  failed: boolean;
  retry: () => void;
};

export function useAttention(): AttentionState {
  const enquiries = useInfiniteQuery(enquiriesQuery("open"));
  const sent = useQuery(quotesByStatusQuery("sent"));
  const viewed = useQuery(quotesByStatusQuery("viewed"));
  const drafts = useQuery(quotesByStatusQuery("draft"));
  const all = [enquiries, sent, viewed, drafts];
  const open = newestFirst(enquiries.data?.pages ?? []);
  const out = [...(sent.data?.items ?? []), ...(viewed.data?.items ?? [])];
  const items = attentionOf(open, out, drafts.data?.items ?? [], today());
  return {
    items,
    counts: {
      enquiries: open.length,
      expiring: items.filter((item) => item.kind === "expiring" && item.days === 0).length,
      drafts: drafts.data?.items.length ?? 0,
    },
    more: enquiries.hasNextPage,
    pending: all.some((query) => query.isPending),
    failed: all.some((query) => query.isError),
    retry: () => {
      for (const query of all) if (query.isError) void query.refetch();
    },
  };
}
