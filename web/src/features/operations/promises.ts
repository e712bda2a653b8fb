/** What was promised, and how each figure stands to it. */
import type { Service } from "@/shared/api/types";
import { formatCount, formatSpan } from "@/shared/lib/numbers";
import { type MessageKey, t, tn } from "@/shared/lib/text";

/** `quiet` figures inform and promise nothing. */
export type Level = "kept" | "watch" | "broken" | "quiet";

export type Figure = {
  name: "oldest" | "p95" | "dead" | "failed" | "waiting";
  value: string;
  level: Level;
  detail?: string;
};

/** Seconds that mail may wait before it is watched, and before the promise is broken; the alert rules say the same. */
const OLDEST_WATCH_S = 60;
const OLDEST_BROKEN_S = 300;
const P95_WATCH_S = 5;

function levelOfWait(seconds: number | null): Level {
  if (seconds === null || seconds <= OLDEST_WATCH_S) return "kept";
  return seconds <= OLDEST_BROKEN_S ? "watch" : "broken";
}

function levelOfP95(seconds: number | null): Level {
  if (seconds === null) return "quiet";
  return seconds <= P95_WATCH_S ? "kept" : "watch";
}

/** The figures in the order in which they matter. */
export function figuresOf(service: Service): Figure[] {
  const { oldest_unprocessed_mail_s: oldest, mail_to_quote: quotes } = service;
  const { p50_s, p95_s, count } = quotes;
  return [
    {
      name: "oldest",
      value: oldest === null ? t("service.oldest.none") : formatSpan(oldest),
      level: levelOfWait(oldest),
    },
    {
      name: "p95",
      value: p95_s === null ? t("service.p95.none") : formatSpan(p95_s),
      level: levelOfP95(p95_s),
      detail: p50_s === null ? undefined : tn("service.p95.detail", count, { p50: formatSpan(p50_s) }),
    },
    { name: "dead", value: formatCount(service.dead_letters), level: service.dead_letters > 0 ? "broken" : "kept" },
    { name: "failed", value: formatCount(service.mails_failed), level: service.mails_failed > 0 ? "watch" : "kept" },
    { name: "waiting", value: formatCount(service.jobs_waiting), level: "quiet" },
  ];
}

/** How it stands, in one sentence: the worst first. */
export function sentenceOf(figures: readonly Figure[]): string {
  const count = (level: Level) => figures.filter((figure) => figure.level === level).length;
  if (count("broken") > 0) return tn("service.say.broken", count("broken"));
  if (count("watch") > 0) return tn("service.say.watch", count("watch"));
  return t("service.say.kept");
}

/** What a figure is, and what is promised of it. */
export function wordsOf({ name }: Figure): { title: string; promise: string } {
  return { title: t(`service.${name}` as MessageKey), promise: t(`service.${name}.promise` as MessageKey) };
}
