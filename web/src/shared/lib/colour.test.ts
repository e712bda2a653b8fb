import { describe, expect, it } from "vitest";
import { accentVariables, contrast } from "./colour";

const ACCENTS = ["#0f766e", "#b4532a", "#ffe14d", "#000000", "#ffffff", "#7fd4ff", "#1a2b6d", "#888888"];

describe("accentVariables", () => {
  it.each(ACCENTS)("keeps text readable for %s in both themes", (accent) => {
    const themes = accentVariables(accent);
    expect(themes).not.toBeNull();
    for (const variables of [themes?.light, themes?.dark]) {
      if (!variables) throw new Error("no variables");
      expect(contrast(variables["--accent-ink"], variables["--accent"])).toBeGreaterThanOrEqual(4.5);
      expect(contrast(variables["--accent-text"], variables["--accent-soft"])).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("keeps a good accent as it is", () => {
    expect(accentVariables("#0f6b5c")?.light["--accent-text"]).toBe("#0f6b5c");
  });

  it("refuses what is no colour", () => {
    expect(accentVariables("teal")).toBeNull();
    expect(accentVariables("url(x)")).toBeNull();
  });
});
