import { describe, expect, it } from "vitest";
import type { Enquiry, EnquiryStatus } from "@/shared/api/types";
import { newestFirst, pageOf } from "./pages";

const enquiry = (id: string, received_at: string) => ({ id, received_at }) as Enquiry;

describe("a view of several statuses", () => {
  const shelves: Partial<Record<EnquiryStatus, Enquiry[][]>> = {
    parsed: [[enquiry("p1", "2026-11-23T10:00:00Z")], [enquiry("p2", "2026-11-20T10:00:00Z")]],
    needs_review: [[enquiry("n1", "2026-11-23T11:00:00Z")]],
  };
  const ask = async (status: EnquiryStatus | undefined, cursor: string | undefined) => {
    const at = Number(cursor ?? 0);
    const pages = status ? (shelves[status] ?? []) : [];
    return { items: pages[at] ?? [], next_cursor: at + 1 < pages.length ? String(at + 1) : null };
  };

  it("merges them newest first and goes on only where there is more", async () => {
    const first = await pageOf(["parsed", "needs_review"], null, ask);
    expect(first.items.map((item) => item.id)).toEqual(["n1", "p1"]);
    const second = await pageOf(["parsed", "needs_review"], first.next_cursor ?? null, ask);
    expect(second.items.map((item) => item.id)).toEqual(["p2"]);
    expect(second.next_cursor).toBeNull();
    expect(newestFirst([second, first]).map((item) => item.id)).toEqual(["n1", "p1", "p2"]);
  });
});
