import { describe, expect, it } from "vitest";
import { formatBytes, formatSpan } from "./numbers";

describe("spans and sizes", () => {
  it.each([
    [0.42, "0.4 s"],
    [48.2, "48 s"],
    [400, "6 min 40 s"],
    [12_000, "3 h 20 min"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(formatSpan(seconds)).toBe(text);
  });

  it("writes sizes in the unit that fits", () => {
    expect(formatBytes(3_400_000)).toMatch(/^3[.,]4 MB$/);
    expect(formatBytes(12_000)).toMatch(/^12 kB$/);
    expect(formatBytes(0)).toMatch(/^0/);
  });
});
