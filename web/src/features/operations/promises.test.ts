import { describe, expect, it } from "vitest";
import type { Service } from "@/shared/api/types";
import { figuresOf, type Level, sentenceOf, wordsOf } from "./promises";

const QUIET: Service = {
  oldest_unprocessed_mail_s: null,
  mail_to_quote: { count: 0, p50_s: null, p95_s: null },
  dead_letters: 0,
  jobs_waiting: 0,
  mails_failed: 0,
};

function levelOf(name: string, change: Partial<Service>): Level | undefined {
  return figuresOf({ ...QUIET, ...change }).find((figure) => figure.name === name)?.level;
}

describe("the promise of service", () => {
  it("is kept while nothing waits", () => {
    expect(sentenceOf(figuresOf(QUIET))).toBe("Every promise is kept.");
  });

  it.each([
    [60, "kept"],
    [61, "watch"],
    [300, "watch"],
    [301, "broken"],
  ])("mail that waits %i s is %s", (seconds, level) => {
    expect(levelOf("oldest", { oldest_unprocessed_mail_s: seconds })).toBe(level);
  });

  it("watches slow quotes, and says nothing of an hour without any", () => {
    expect(levelOf("p95", { mail_to_quote: { count: 3, p50_s: 1, p95_s: 5 } })).toBe("kept");
    expect(levelOf("p95", { mail_to_quote: { count: 3, p50_s: 1, p95_s: 5.1 } })).toBe("watch");
    expect(levelOf("p95", {})).toBe("quiet");
  });

  it("a dead letter breaks it, and the sentence names the worst alone", () => {
    const figures = figuresOf({ ...QUIET, dead_letters: 2, mails_failed: 1 });
    expect(sentenceOf(figures)).toBe("1 promise is broken.");
    expect(sentenceOf(figuresOf({ ...QUIET, mails_failed: 1 }))).toBe("1 promise needs watching.");
  });

  it("waiting jobs inform and alarm nobody", () => {
    expect(levelOf("waiting", { jobs_waiting: 90_000 })).toBe("quiet");
  });

  it("has words for every figure", () => {
    for (const figure of figuresOf(QUIET)) expect(Object.values(wordsOf(figure)).every(Boolean)).toBe(true);
  });
});
