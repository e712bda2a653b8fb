import { describe, expect, it } from "vitest";
import type { Dashboard } from "@/shared/api/types";
import { renewedAfterMs } from "./queries";
import { faultOf } from "./Section";
import { levelOf, restOf } from "./usage";

describe("limits", () => {
  it("are worth noticing from a fifth on", () => {
    expect([0, 79, 80, 94, 95, 100].map((used) => levelOf({ limit: 100, used }))).toEqual([
      "plenty",
      "plenty",
      "scarce",
      "scarce",
      "last",
      "last",
    ]);
    expect(levelOf({ limit: 0, used: 0 })).toBe("last");
  });

  it("say what is left, and when there is more", () => {
    expect(restOf({ used: 3, remaining: 997 }, "in 4 hr")).toBe("997 left, more in 4 hr");
    expect(restOf({ used: 0, remaining: 1000 }, "in 4 hr")).toBe("1,000 left");
    expect(restOf({ used: 5, remaining: 0 }, "in 4 hr")).toBe("Used up, more in 4 hr");
  });
});

describe("a section", () => {
  const dashboard = { stats: null, calls: null, quotes: {}, errors: { stats: { code: "slow", detail: "Too slow." } } };
  const fault = (section: "stats" | "calls" | "quotes") => faultOf(dashboard as unknown as Dashboard, section);

  it("that is missing says why, and says so even where no reason came", () => {
    expect(fault("stats")?.detail).toBe("Too slow.");
    expect(fault("calls")?.code).toBe("unknown");
    expect(fault("quotes")).toBeUndefined();
  });

  it("that is missing is asked for again soon", () => {
    expect(renewedAfterMs(undefined)).toBe(renewedAfterMs({ errors: {} }));
    expect(renewedAfterMs(dashboard)).toBeLessThan(renewedAfterMs({ errors: {} }));
  });
});
