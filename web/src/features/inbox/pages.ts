/** The API lists one status at a time (or all); a view of several is read side by side and merged, newest first. */
import type { Enquiry, EnquiryStatus } from "@/shared/api/types";

export type Page = { items: Enquiry[]; next_cursor?: string | null };
type Ask = (status: EnquiryStatus | undefined, cursor: string | undefined) => Promise<Page>;
type Cursors = Partial<Record<EnquiryStatus, string>>;

/** Enquiries of all pages in the order of their arrival, newest first. */
export function newestFirst(pages: readonly Page[]): Enquiry[] {
  return pages.flatMap((page) => page.items).sort((a, b) => b.received_at.localeCompare(a.received_at));
}

/** The next page of several statuses; the cursor holds those of the statuses that have more. */
export async function pageOf(statuses: readonly EnquiryStatus[], cursor: string | null, ask: Ask): Promise<Page> {
  const known = cursor === null ? null : (JSON.parse(cursor) as Cursors);
  const asked = known ? statuses.filter((status) => known[status]) : statuses;
  const pages = await Promise.all(asked.map(async (status) => [status, await ask(status, known?.[status])] as const));
  const next: Cursors = {};
  for (const [status, page] of pages) if (page.next_cursor) next[status] = page.next_cursor;
  return {
    items: newestFirst(pages.map(([, page]) => page)),
    next_cursor: Object.keys(next).length > 0 ? JSON.stringify(next) : null,
  };
}
