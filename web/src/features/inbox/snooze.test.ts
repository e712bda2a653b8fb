import { describe, expect, it } from "vitest";
import { morningOf, snoozeChoices } from "./snooze";

describe("when a snoozed enquiry comes back", () => {
  it("is in the morning by the agency's clock, on both sides of a clock change", () => {
    expect(morningOf("2027-01-04", "Africa/Johannesburg")).toBe("2027-01-04T06:00:00.000Z");
    expect(morningOf("2027-03-27", "Europe/Berlin")).toBe("2027-03-27T07:00:00.000Z");
    expect(morningOf("2027-03-28", "Europe/Berlin")).toBe("2027-03-28T06:00:00.000Z");
    expect(morningOf("2027-01-04", "America/Los_Angeles")).toBe("2027-01-04T16:00:00.000Z");
  });

  it("offers Monday unless that is tomorrow", () => {
    const labels = (now: string) => snoozeChoices(new Date(now)).map((choice) => choice.label);
    expect(labels("2026-11-25T10:00:00Z")).toContain("inbox.snooze.monday");
    expect(labels("2026-11-29T10:00:00Z")).not.toContain("inbox.snooze.monday");
  });

  it("is always later than now, the nearest first", () => {
    const now = new Date("2026-11-27T21:30:00Z");
    const instants = snoozeChoices(now).map((choice) => choice.until);
    expect(instants.every((until) => until > now.toISOString())).toBe(true);
    expect(instants[0]).toBe("2026-11-28T00:30:00.000Z");
  });
});
