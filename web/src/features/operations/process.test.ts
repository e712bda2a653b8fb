import { describe, expect, it } from "vitest";
import { formatTook, withoutOf } from "./process";
import { readReadiness } from "./queries";

describe("figures of a process", () => {
  it("are milliseconds below a second", () => {
    expect([0.0004, 0.045, 0.9994, 1.23, 12].map(formatTook)).toEqual(["0 ms", "45 ms", "999 ms", "1.2 s", "12.0 s"]);
  });

  it("say once what was done without, with all that it was about, the most frequent first", () => {
    const without = [
      { name: "a", meaning: "Away", labels: "cache", count: 2 },
      { name: "b", meaning: "Cut off", labels: "", count: 9 },
      { name: "a", meaning: "Away", labels: "limits", count: 1 },
    ];
    expect(withoutOf(without)).toEqual([
      { meaning: "Cut off", count: 9, labels: [] },
      { meaning: "Away", count: 3, labels: ["cache", "limits"] },
    ]);
  });
});

describe("readiness", () => {
  const answer = (body: string, status: number) => readReadiness(async () => new Response(body, { status }));
  const checks = { database: { status: "unhealthy", latency_ms: 1000 } };

  it("is read from a refusal too, and from nothing but what says it", async () => {
    expect(await answer(JSON.stringify({ status: "not_ready", checks }), 503)).toEqual({ status: "not_ready", checks });
    expect(await answer("<!doctype html>", 200)).toBeNull();
    expect(await answer("{}", 404)).toBeNull();
  });

  it("is not what it was last while nothing answers", async () => {
    const away = readReadiness(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(away).rejects.toMatchObject({ code: "offline" });
  });
});
