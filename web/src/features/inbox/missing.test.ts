import { describe, expect, it } from "vitest";
import { correctionOf } from "./Missing";

function form(values: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
}

describe("filling in what is missing", () => {
  it("corrects only what was typed", () => {
    expect(correctionOf(form({ check_in: "2027-03-12", nights: "7", adults: " " }))).toEqual({
      check_in: "2027-03-12",
      nights: 7,
    });
    expect(correctionOf(form({ destination: "  " }))).toEqual({});
  });

  it("reads ages however they are parted, and a place in the agency's own words", () => {
    expect(correctionOf(form({ children_ages: "4, 9;11", destination: "Zanzibar" }))).toEqual({
      children_ages: [4, 9, 11],
      destinations: ["Zanzibar"],
      unmatched_destinations: [],
    });
  });
});
