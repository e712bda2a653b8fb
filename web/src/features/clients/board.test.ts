import { describe, expect, it } from "vitest";
import type { Client } from "@/shared/api/types";
import { columnAfter } from "./keyboard";
import { withFirst, without } from "./move";

const client = (id: string) => ({ id }) as Client;
const pages = (...ids: string[][]) => ({
  pages: ids.map((page) => ({ items: page.map(client), next_cursor: null })),
  pageParams: ids.map(() => null),
});

describe("keyboard dragging", () => {
  it("goes from column to column and stops at the ends", () => {
    expect(columnAfter("ArrowRight", "NEW")).toBe("QUOTED");
    expect(columnAfter("ArrowLeft", "NEGOTIATING")).toBe("QUOTED");
    expect(columnAfter("ArrowLeft", "NEW")).toBeUndefined();
    expect(columnAfter("ArrowRight", "LOST")).toBeUndefined();
    expect(columnAfter("Tab", "NEW")).toBeUndefined();
  });
});

describe("moving in the lists", () => {
  it("takes a client out of whichever page holds it", () => {
    expect(without(pages(["a", "b"], ["c"]), "c").pages.map((page) => page.items.length)).toEqual([2, 0]);
  });

  it("puts it at the top of its new column, also of an empty one", () => {
    expect(withFirst(pages(["a"]), client("x")).pages[0]?.items.map((item) => item.id)).toEqual(["x", "a"]);
    expect(withFirst(pages([]), client("x")).pages[0]?.items).toHaveLength(1);
  });
});
