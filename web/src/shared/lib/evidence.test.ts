import { describe, expect, it } from "vitest";
import { fieldsIn, segment } from "./evidence";

const at = (text: string, start: number, rule = "rule") => ({ text, start, end: start + [...text].length, rule });

describe("segment", () => {
  it("cuts the text at the evidence and loses nothing", () => {
    const text = "We are two adults going to Zanzibar.";
    const parts = segment(text, { adults: at("two adults", 7), destinations: at("Zanzibar", 27) });
    expect(parts.map((part) => part.text).join("")).toBe(text);
    expect(parts.filter((part) => part.fields.length > 0)).toEqual([
      { text: "two adults", fields: ["adults"] },
      { text: "Zanzibar", fields: ["destinations"] },
    ]);
  });

  it("counts characters as the server does, not UTF-16 units", () => {
    const text = "🌴🌴 Zanzibar";
    expect(segment(text, { destinations: at("Zanzibar", 3) }).at(-1)).toEqual({
      text: "Zanzibar",
      fields: ["destinations"],
    });
  });

  it("shares the stretch of overlapping evidence", () => {
    const parts = segment("12 to 19 March", { check_in: at("12 to 19 March", 0), check_out: at("19 March", 6) });
    expect(parts).toEqual([
      { text: "12 to ", fields: ["check_in"] },
      { text: "19 March", fields: ["check_in", "check_out"] },
    ]);
  });

  it("finds the words when the offsets belong to a shorter text", () => {
    const parts = segment("On Monday you wrote:\nTo Zanzibar", { destinations: at("Zanzibar", 3) });
    expect(parts.at(-1)).toEqual({ text: "Zanzibar", fields: ["destinations"] });
  });

  it("marks nothing for evidence that is not in the text", () => {
    expect(segment("Hello", { adults: at("two", 40), rooms: at("", 2) })).toEqual([{ text: "Hello", fields: [] }]);
  });

  it("takes an empty text", () => {
    expect(segment("", { adults: at("two", 0) })).toEqual([]);
  });
});

describe("fieldsIn", () => {
  it("names the fields whose evidence can be shown", () => {
    expect(fieldsIn("two rooms", { rooms: at("two rooms", 0), adults: at("four", 3) })).toEqual(new Set(["rooms"]));
  });
});
