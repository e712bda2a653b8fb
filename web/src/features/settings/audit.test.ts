import { describe, expect, it } from "vitest";
import { changesOf, pathOf } from "./audit";
import { parseSettingsSearch } from "./search";

describe("an entry of the audit trail", () => {
  it("shows what differs, both sides of it", () =>
    expect(
      changesOf({ name: "Ann", tags: ["vip"], owner_id: null }, { name: "Anna", tags: ["vip"], owner_id: "7" }),
    ).toEqual([
      { name: "name", before: "Ann", after: "Anna" },
      { name: "owner id", before: "", after: "7" },
    ]));
  it("shows one side where only one was noted", () =>
    expect(changesOf(null, { status: "sent", to: { name: "Ann" } })).toEqual([
      { name: "status", before: "", after: "sent" },
      { name: "to", before: "", after: '{"name":"Ann"}' },
    ]));
  it("leads to the thing that it is about", () => {
    expect(pathOf("client", "1")).toBe("/clients/1");
    expect(pathOf("client", "")).toBeUndefined();
    expect(pathOf("api_key", "1")).toBeUndefined();
  });
});

describe("the address of the audit trail", () => {
  it("keeps what is looked for", () =>
    expect(
      parseSettingsSearch({ section: "audit", q: 2026, kind: "access", topic: "quote", from: "2026-01-31" }),
    ).toEqual({
      section: "audit",
      q: "2026",
      kind: "access",
      topic: "quote",
      from: "2026-01-31",
    }));
  it("ignores what means nothing", () =>
    expect(parseSettingsSearch({ section: "audit", q: "", kind: "x", topic: 1, from: "yesterday" })).toEqual({
      section: "audit",
    }));
});
