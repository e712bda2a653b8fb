import { describe, expect, it } from "vitest";
import { deviceOf } from "./device";
import { parseSettingsSearch, sectionsOf } from "./search";

describe("a device in two words", () => {
  it("names browser and system", () => {
    const edge = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0";
    const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Safari/604.1";
    expect(deviceOf(edge)).toBe("Edge, Windows");
    expect(deviceOf(phone)).toBe("Safari, iOS");
  });
  it("says nothing of what it does not know", () => expect(deviceOf("curl/8")).toBe(""));
});

describe("sections of the settings", () => {
  it("are the person's own, and the agency's for its administrators", () => {
    expect(sectionsOf("consultant")).toEqual(["working", "sessions", "security"]);
    expect(sectionsOf("admin")).toContain("keys");
  });
  it("ignore what is no section", () => expect(parseSettingsSearch({ section: "x" })).toEqual({}));
});
