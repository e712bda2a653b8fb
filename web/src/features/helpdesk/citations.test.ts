import { describe, expect, it } from "vitest";
import { piecesOf } from "./citations";

describe("an answer in pieces", () => {
  it("tells words from the numbers of citations", () => {
    expect(piecesOf("Bags of 15 kg. [1] Boats take more. [2]", [1, 2])).toEqual([
      { text: "Bags of 15 kg." },
      { n: 1 },
      { text: " Boats take more." },
      { n: 2 },
    ]);
  });

  it("leaves a number alone that is no citation", () => {
    expect(piecesOf("See form [7]. [1]", [1])).toEqual([
      { text: "See form" },
      { text: " [7]" },
      { text: "." },
      { n: 1 },
    ]);
    expect(piecesOf("I do not know.", [])).toEqual([{ text: "I do not know." }]);
  });
});
