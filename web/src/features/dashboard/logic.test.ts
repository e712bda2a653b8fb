import { describe, expect, it } from "vitest";
import type { Enquiry, Quote } from "@/shared/api/types";
import { attentionOf } from "./attention";
import { barsOf, grainOf, type TrendPoint } from "./trend";

const zar = (amount: string) => ({ amount, currency: "ZAR" });

function days(count: number): TrendPoint[] {
  return Array.from({ length: count }, (_, at) => ({
    date: new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10),
    count: 1,
    value: [zar("0.10")],
  }));
}

describe("barsOf", () => {
  it("keeps days where there is room for them", () => {
    expect(barsOf(days(30))).toHaveLength(30);
  });

  it("gathers long periods into weeks and months without losing anything", () => {
    for (const [count, bars] of [
      [90, 14],
      [365, 12],
    ] as const) {
      const made = barsOf(days(count));
      expect(made).toHaveLength(bars);
      expect(made.reduce((sum, bar) => sum + bar.count, 0)).toBe(count);
    }
  });

  it("takes months as they come, each to its last day", () => {
    const months = ["2024-01-01", "2024-02-01", "2024-03-01"].map((date) => ({ date, count: 2, value: [zar("1.00")] }));
    expect(grainOf(months)).toBe("month");
    expect(barsOf(months).map((bar) => [bar.from, bar.to, bar.count])).toEqual([
      ["2024-01-01", "2024-01-31", 2],
      ["2024-02-01", "2024-02-29", 2],
      ["2024-03-01", "2024-03-31", 2],
    ]);
  });

  it("adds amounts of one currency exactly and keeps currencies apart", () => {
    const points = days(60).map((point, at) =>
      at === 1 ? { ...point, value: [{ amount: "5", currency: "USD" }] } : point,
    );
    const [first] = barsOf(points);
    expect(first?.value).toEqual([zar("0.30"), { amount: "5", currency: "USD" }]);
  });
});

describe("attentionOf", () => {
  const quote = (id: string, valid_until: string | null) => ({ id, valid_until }) as Quote;
  const enquiry = { id: "e" } as Enquiry;

  it("puts what expires first before enquiries, and drafts last", () => {
    const items = attentionOf(
      [enquiry],
      [
        quote("tomorrow", "2026-11-24"),
        quote("later", "2026-11-30"),
        quote("today", "2026-11-23"),
        quote("past", "2026-11-20"),
        quote("open", null),
      ],
      [quote("draft", "2026-12-01")],
      "2026-11-23",
    );
    expect(items.map((item) => (item.kind === "enquiry" ? item.enquiry.id : item.quote.id))).toEqual([
      "today",
      "tomorrow",
      "e",
      "draft",
    ]);
  });
});
