import { afterEach, describe, expect, it } from "vitest";
import { addDays, dayOf, daysBetween, formatDay, formatDuration, formatRelative, formatStay } from "./dates";
import { setFormat } from "./locale";

const now = new Date("2026-11-23T10:00:00Z");

afterEach(() => setFormat({ locale: "en-GB" }));

describe("dates", () => {
  setFormat({ locale: "en-GB" });

  it("counts whole days over a change of clocks", () => {
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(addDays("2026-02-27", 2)).toBe("2026-03-01");
  });

  it("takes the day of an instant in the agency's zone", () => {
    setFormat({ timeZone: "Africa/Johannesburg" });
    expect(dayOf("2026-11-23T23:30:00Z")).toBe("2026-11-24");
    setFormat({ timeZone: "America/New_York" });
    expect(dayOf("2026-11-23T03:30:00Z")).toBe("2026-11-22");
  });

  it("leaves the year out when it is this one", () => {
    expect(formatDay("2026-12-05", now)).toBe("5 Dec");
    expect(formatDay("2027-03-14", now)).toBe("14 Mar 2027");
  });

  it("writes a stay as one range", () => {
    expect(formatStay("2027-03-14", "2027-03-21").replace(/\s*[–-]\s*/, "–")).toBe("14–21 Mar 2027");
  });

  it("says how long ago, and after a week the day", () => {
    expect(formatRelative("2026-11-23T09:59:40Z", now)).toBe("now");
    expect(formatRelative("2026-11-23T07:00:00Z", now)).toMatch(/^3\s?h/);
    expect(formatRelative("2026-11-22T09:00:00Z", now)).toBe("yesterday");
    expect(formatRelative("2026-11-01T09:00:00Z", now)).toBe("1 Nov");
  });

  it("writes a length of time in minutes and seconds", () => {
    expect(formatDuration(194.2)).toBe("3 min 14 s");
    expect(formatDuration(9)).toBe("9 s");
  });
});
