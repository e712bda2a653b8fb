export const STATUSES = [
  "draft",
  "sent",
  "viewed",
  "accepted",
  "converted",
  "declined",
  "expired",
  "cancelled",
  "revised",
] as const;
export type QuoteStatus = (typeof STATUSES)[number];

/** The filters of the quotes table as they stand in its address; names are the API's. */
export type QuotesSearch = {
  status?: QuoteStatus;
  q?: string;
  destination?: string;
  client_id?: string;
  from?: string;
  to?: string;
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function text(value: unknown): string | undefined {
  // The router reads ?q=2026 as a number; it is a search text all the same.
  const written = typeof value === "number" ? String(value) : value;
  return typeof written === "string" && written.trim() !== "" ? written : undefined;
}

function day(value: unknown): string | undefined {
  return typeof value === "string" && DAY.test(value) ? value : undefined;
}

export function parseQuotesSearch(raw: Record<string, unknown>): QuotesSearch {
  const search: QuotesSearch = {
    status: STATUSES.find((known) => known === raw.status),
    q: text(raw.q),
    destination: text(raw.destination),
    client_id: text(raw.client_id),
    from: day(raw.from),
    to: day(raw.to),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

/** How many filters stand in the address. */
export function countFilters(search: QuotesSearch): number {
  return Object.values(search).filter((value) => value !== undefined).length;
}
