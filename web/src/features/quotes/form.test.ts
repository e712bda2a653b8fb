import { describe, expect, it } from "vitest";
import { nearestOf, newQuoteSchema, rejectionsOf, toRequest } from "./form";

const good = {
  name: " Ann ",
  email: "",
  phone: "",
  destination: "Zanzibar",
  check_in: "2027-03-14",
  check_out: "2027-03-21",
  adults: "2",
  children: "4, 9",
  board: "",
  budget: "",
  currency: "ZAR",
  message: "",
};

function faults(change: Partial<typeof good>): string[] {
  const result = newQuoteSchema.safeParse({ ...good, ...change });
  return result.success ? [] : result.error.issues.map((issue) => String(issue.path[0]));
}

describe("new quote form", () => {
  it("sends what was filled in and nothing else", () => {
    expect(toRequest(newQuoteSchema.parse(good))).toEqual({
      customer: { name: "Ann", email: null, phone: null },
      destination: "Zanzibar",
      check_in: "2027-03-14",
      check_out: "2027-03-21",
      adults: 2,
      children_ages: [4, 9],
    });
  });

  it("keeps a budget as the text that was typed", () => {
    const request = toRequest(newQuoteSchema.parse({ ...good, budget: "95000.10" }));
    expect(request.budget).toEqual({ amount: "95000.10", currency: "ZAR", basis: "total" });
  });

  it.each([
    ["name", { name: " " }],
    ["email", { email: "ann@" }],
    ["destination", { destination: "" }],
    ["check_in", { check_in: "" }],
    ["check_out", { check_out: "2027-03-14" }],
    ["adults", { adults: "0" }],
    ["children", { children: "4 and 9" }],
    ["children", { children: "18" }],
    ["budget", { budget: "95,000" }],
  ])("says what is wrong with %s", (field, change) => {
    expect(faults(change)).toContain(field);
  });
});

describe("nearestOf", () => {
  it("reads the stay that fits, and nothing where none is named", () => {
    const nearest = { changed: "dates", check_in: "2027-03-15", check_out: "2027-03-20" };
    expect(nearestOf({ nearest })).toEqual({ changed: "dates", checkIn: "2027-03-15", checkOut: "2027-03-20" });
    expect(nearestOf({ nearest: { changed: "dates" } })).toBeNull();
    expect(nearestOf({})).toBeNull();
  });
});

describe("rejectionsOf", () => {
  it("reads the hotels that do not fit and why", () => {
    const rejected = [{ hotel: { id: "1", name: "Baobab" }, code: "closed", detail: "Closed in March." }];
    expect(rejectionsOf({ rejected })).toEqual([{ hotel: "Baobab", detail: "Closed in March." }]);
    expect(rejectionsOf({})).toEqual([]);
  });
});
