/** How the figures of a process are read out. */
import type { ProcessHealth } from "@/shared/api/types";

type Route = ProcessHealth["slowest"][number];
type Degraded = ProcessHealth["degraded"][number];

/** `45 ms`, `1.2 s`: two figures say enough of an estimate. */
export function formatTook(seconds: number): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
}

const FEW = 5;

/** The first few routes, and how many there are in all. */
export function fewOf(routes: readonly Route[]): readonly Route[] {
  return routes.slice(0, FEW);
}

export type Without = { meaning: string; count: number; labels: string[] };

/** What was done without something, one line a meaning, with what it was about. */
export function withoutOf(degraded: readonly Degraded[]): Without[] {
  const found = new Map<string, Without>();
  for (const { meaning, count, labels } of degraded) {
    const known = found.get(meaning) ?? { meaning, count: 0, labels: [] };
    known.count += count;
    if (labels) known.labels.push(labels);
    found.set(meaning, known);
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
