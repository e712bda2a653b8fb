import { describe, expect, it } from "vitest";
import { StaleKeys, staleAfter } from "./news";

const madeOld = (kind: string) => staleAfter({ kind, data: {} });

describe("what the news makes old", () => {
  it("a new enquiry: the inbox and the home page; a quote: quotes and the home page", () => {
    expect(madeOld("enquiry.received")).toEqual([["enquiries"], ["dashboard"]]);
    expect(madeOld("quote.status")).toEqual([["quotes"], ["dashboard"]]);
  });

  it("nothing of a kind that is not known yet, everything after a gap", () => {
    expect(madeOld("weather.changed")).toEqual([]);
    expect(madeOld("reset")).toBe("all");
  });

  it("a burst of news asks for each answer once", () => {
    const stale = new StaleKeys();
    for (const kind of ["quote.status", "quote.status", "client.changed"]) stale.add(madeOld(kind));
    expect(stale.take()).toEqual([["quotes"], ["dashboard"], ["clients"]]);
    expect(stale.take()).toEqual([]);
    stale.add(madeOld("quote.status"));
    stale.add("all");
    expect(stale.take()).toBe("all");
  });
});
