import { describe, expect, it } from "vitest";
import { type ContractDocument, differences, firstMonth, placeOf, said } from "./document";

const BASE: ContractDocument = {
  hotel: { name: "Baobab Lodge", destination: "Victoria Falls", country: "ZW", time_zone: "Africa/Harare" },
  currency: "USD",
  source: { document: "a.xlsx" },
  age_bands: [{ code: "child", from: 0, to: 17 }],
  rooms: [{ code: "standard", max_adults: 2 }],
  seasons: [{ code: "LOW", from: "2027-01-11", to: "2027-03-31" }],
  rates: [{ plan: "bb", room: "standard", season: "LOW", amount: "120.00", cell: "C12" }],
};

describe("differences", () => {
  it("names an amount that changed, with both values", () => {
    const after = { ...BASE, rates: [{ plan: "bb", room: "standard", season: "LOW", amount: "130.00", cell: "C12" }] };
    expect(differences(BASE, after)).toEqual([
      {
        part: "rates",
        kind: "changed",
        name: "bb, standard, LOW",
        before: "bb · standard · LOW · 120.00",
        after: "bb · standard · LOW · 130.00",
      },
    ]);
  });

  it("says nothing of a price that only moved in its file", () => {
    const after = { ...BASE, rates: [{ plan: "bb", room: "standard", season: "LOW", amount: "120.00", cell: "D9" }] };
    expect(differences(BASE, after)).toEqual([]);
  });

  it("says what changed beside the lists: a commission, a service", () => {
    const services = [{ kind: "transfer", name: "Airport", per: "vehicle", amount: "50" }];
    const after = { ...BASE, commission_pct: "12.5", services };
    expect(differences(BASE, after).map(({ part, name, after }) => [part, name, after])).toEqual([
      ["services", "transfer, Airport", "transfer · Airport · 50 · per vehicle"],
      ["terms", "commission pct", "12.5"],
    ]);
  });

  it("names what came and what went", () => {
    const after = { ...BASE, seasons: [], offers: [{ code: "SP54", kind: "stay_pay", stay: 5, pay: 4 }] };
    expect(differences(BASE, after).map(({ part, kind }) => [part, kind])).toEqual([
      ["seasons", "removed"],
      ["offers", "added"],
    ]);
  });
});

describe("firstMonth", () => {
  it("is the first that sells, and never before the one that is asked from", () => {
    expect([firstMonth(BASE, "2026-11"), firstMonth(BASE, "2027-02"), firstMonth(BASE, "2028-01")]).toEqual([
      "2027-01",
      "2027-02",
      "2028-01",
    ]);
  });
});

describe("said and placeOf", () => {
  it("puts an entry into words and a price to its cell", () => {
    expect(said({ kind: "single", percent: "35", rooms: ["a", "b"], cell: "X1" })).toBe("single · 35 % · rooms a, b");
    expect(placeOf({ row: 5, cell: "I5" }, { document: "rates.xlsx", sheet: "Rates" })).toBe(
      "rates.xlsx, sheet Rates, row 5, cell I5",
    );
  });
});
