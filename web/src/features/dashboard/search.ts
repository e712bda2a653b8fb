export const PERIODS = ["7d", "30d", "90d", "year", "all"] as const;
export type Period = (typeof PERIODS)[number];
export const DEFAULT_PERIOD: Period = "30d";

/** The home page's state in its address; the default period is left out of it. */
export type HomeSearch = { period?: Period };

export function parseHomeSearch(raw: Record<string, unknown>): HomeSearch {
  const period = PERIODS.find((known) => known === raw.period);
  return period && period !== DEFAULT_PERIOD ? { period } : {};
}
