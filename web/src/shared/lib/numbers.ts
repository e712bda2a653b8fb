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

const SIZES = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** `640 byte`, `12 kB`, `3.4 MB` as the locale writes them. */
export function formatBytes(bytes: number): string {
  const power = Math.min(SIZES.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  const maximumFractionDigits = power > 0 && value < 10 ? 1 : 0;
  return new Intl.NumberFormat(formatLocale(), { style: "unit", unit: SIZES[power], maximumFractionDigits }).format(
    value,
  );
}

/** How long something took or waits: `1.4 s`, `48 s`, `6 min 40 s`, `3 h 20 min`. */
export function formatSpan(seconds: number): string {
  if (seconds < 10) return `${new Intl.NumberFormat(formatLocale(), { maximumFractionDigits: 1 }).format(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
