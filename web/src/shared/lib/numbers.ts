import { formatLocale } from "./locale";

/** `1,240` as the locale groups it. */
export function formatCount(value: number): string {
  return new Intl.NumberFormat(formatLocale()).format(value);
}

/** A share of 0..1 as `31%`. */
export function formatShare(share: number): string {
  return new Intl.NumberFormat(formatLocale(), { style: "percent", maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(
    share,
  );
}

export type Change = { direction: "up" | "down" | "same"; share: number | null };

/** How a figure moved against the period before; a share of null means there is nothing to divide by. */
export function changeOf(current: number, previous: number): Change {
  if (current === previous) return { direction: "same", share: 0 };
  const direction = current > previous ? "up" : "down";
  return { direction, share: previous === 0 ? null : Math.abs(current - previous) / Math.abs(previous) };
}
