import { describe, expect, it } from "vitest";
import type { TripRequest } from "@/shared/api/types";
import { changesOf, formOf } from "./correcting";

const TRIP = {
  destinations: ["Zanzibar"],
  hotels: [],
  check_in: "2027-08-03",
  nights: 7,
  adults: 2,
  children_ages: [6, 9],
  rooms: null,
  board: null,
  budget: null,
  customer_name: "Naledi",
  customer_email: "naledi@example.net",
} as unknown as TripRequest;

describe("correcting a trip", () => {
  it("sends nothing where nothing was changed", () => {
    expect(changesOf(TRIP, formOf(TRIP))).toEqual({});
    expect(changesOf(null, formOf(null))).toEqual({});
  });

  it("sends what was changed, and what was emptied as unknown", () => {
    const form = {
      ...formOf(TRIP),
      nights: "10",
      children_ages: "4, 9;11",
      check_in: "",
      destinations: "Mauritius, Durban",
    };
    expect(changesOf(TRIP, form)).toEqual({
      nights: 10,
      children_ages: [4, 9, 11],
      check_in: null,
      destinations: ["Mauritius", "Durban"],
      unmatched_destinations: [],
    });
  });

  it("reads a budget with its currency, and nothing else as one", () => {
    const form = { ...formOf(TRIP), budget: "95 000 zar" };
    expect(changesOf(TRIP, form)).toEqual({ budget: { amount: "95000", currency: "ZAR", basis: "total" } });
    expect(changesOf(TRIP, { ...form, budget: "a lot" })).toEqual({ budget: null });
  });
});
