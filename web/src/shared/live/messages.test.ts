import { describe, expect, it } from "vitest";
import { MessageReader } from "./messages";

const TEXT =
  'retry: 1500\nid: 7\nevent: quote.status\ndata: {"type":"quote.status"}\n\n: still here\n\nid: 8\nevent: end\ndata: {}\n\n';

describe("messages of a stream", () => {
  it("come out whole", () => {
    expect(new MessageReader().read(TEXT)).toEqual([
      { event: "quote.status", data: '{"type":"quote.status"}', id: "7", retryMs: 1500 },
      { event: "end", data: "{}", id: "8", retryMs: null },
    ]);
  });

  it("are the same however the text is cut up, and whichever line ends are used", () => {
    const whole = new MessageReader().read(TEXT);
    for (const text of [TEXT, TEXT.replaceAll("\n", "\r\n")]) {
      for (const size of [1, 2, 7]) {
        const reader = new MessageReader();
        const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
          reader.read(text.slice(at * size, (at + 1) * size)),
        );
        expect(pieces.flat()).toEqual(whole);
      }
    }
  });

  it("are not given out before they end", () => {
    const reader = new MessageReader();
    expect(reader.read("data: a\ndata: b\n")).toEqual([]);
    expect(reader.read("\n")).toEqual([{ event: "message", data: "a\nb", id: null, retryMs: null }]);
  });
});
