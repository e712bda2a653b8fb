import { describe, expect, it } from "vitest";
import { nothingElse } from "@/shared/lib/address";
import { parseLoginSearch } from "./auth/search";
import { parseClientsSearch } from "./clients/search";
import { parseHomeSearch } from "./dashboard/search";
import { parseInboxSearch } from "./inbox/search";
import { filterOf, parseLettersSearch } from "./mail/search";
import { parseJobsSearch, parseOutboxSearch, parseQuarantineSearch } from "./operations/search";
import { countFilters, parseQuotesSearch } from "./quotes/search";

describe("state in the address", () => {
  it("keeps a known period and leaves the default out", () => {
    expect(parseHomeSearch({ period: "90d" })).toEqual({ period: "90d" });
    expect(parseHomeSearch({ period: "30d" })).toEqual({});
    expect(parseHomeSearch({ period: "5d" })).toEqual({});
  });

  it("keeps known quote filters and drops the rest", () => {
    const search = parseQuotesSearch({ status: "sent", q: "Zanzibar", from: "2026-11-01", to: "soon", extra: "x" });
    expect(search).toEqual({ status: "sent", q: "Zanzibar", from: "2026-11-01" });
    expect(countFilters(search)).toBe(3);
  });

  it("reads a search of digits as text", () => {
    expect(parseQuotesSearch({ q: 2026 })).toEqual({ q: "2026" });
  });

  it("refuses an unknown status, stage and view", () => {
    expect(parseQuotesSearch({ status: "lost" })).toEqual({});
    expect(parseClientsSearch({ stage: "SENT", view: "grid" })).toEqual({});
    expect(parseInboxSearch({ view: "trash" })).toEqual({});
  });

  it("takes nothing from an address but what its page reads there", () => {
    const read = nothingElse(parseQuotesSearch);
    expect(read({ status: "sent", extra: "x" })).toEqual({ status: "sent", extra: undefined });
    expect(countFilters(read({ status: "lost", extra: "x" }))).toBe(0);
    for (const next of ["//evil.example", "/\\evil.example", "https://evil.example", 1])
      expect(nothingElse(parseLoginSearch)({ next })).toEqual({ next: undefined });
    expect(nothingElse(parseLoginSearch)({ next: "/quotes?q=a" })).toEqual({ next: "/quotes?q=a" });
  });

  it("keeps what operators filter by and drops the rest", () => {
    expect(parseJobsSearch({ state: "dead", kind: "mail.send", limit: 7 })).toEqual({
      state: "dead",
      kind: "mail.send",
    });
    expect(parseJobsSearch({ state: "done", tenant_id: "" })).toEqual({});
    expect(parseQuarantineSearch({ q: 2027, id: "a" })).toEqual({ q: "2027", id: "a" });
    expect(parseOutboxSearch({ id: "a", q: "b" })).toEqual({ id: "a" });
  });

  it("asks for a state of a mail by the side that knows it", () => {
    expect(parseLettersSearch({ outcome: "lost" })).toEqual({});
    expect(filterOf("parked")).toEqual({ status: "parked" });
    expect(filterOf("bounced")).toEqual({ delivery_state: "bounced" });
    expect(filterOf(undefined)).toEqual({});
  });
});
