import { expect, it } from "vitest";
import { monthAfter, weekdayOf } from "./month";

it("goes over the turn of the year both ways", () => {
  expect(monthAfter("2027-12", 1)).toBe("2028-01");
  expect(monthAfter("2027-01", -1)).toBe("2026-12");
  expect(monthAfter("2027-05", 3)).toBe("2027-08");
});

it("counts weekdays from Monday", () => {
  expect(weekdayOf("2027-02-01")).toBe(0);
  expect(weekdayOf("2027-08-01")).toBe(6);
});
