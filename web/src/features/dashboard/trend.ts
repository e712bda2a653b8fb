/** The quotes trend made fit to draw: days, weeks or months, so that bars stay wide enough to point at. */
import type { Money } from "@/shared/lib/money";

export type TrendPoint = { date: string; count: number; value: Money[] };
/** A bar: from its first day to its last. */
export type Bar = { from: string; to: string; count: number; value: Money[] };

export type Grain = "day" | "week" | "month";

const DAYS_MAX = 45;
const WEEKS_MAX = 190;

/** Adds two decimal strings of one currency exactly, in the smallest unit that either has. */
function addAmounts(one: string, other: string): string {
  const fraction = (text: string) => text.split(".")[1]?.length ?? 0;
  const digits = Math.max(fraction(one), fraction(other));
  const scaled = (text: string) => {
    const [whole = "0", rest = ""] = text.split(".");
    return BigInt(whole + rest.padEnd(digits, "0"));
  };
  const sum = scaled(one) + scaled(other);
  if (digits === 0) return sum.toString();
  const sign = sum < 0n ? "-" : "";
  const text = (sum < 0n ? -sum : sum).toString().padStart(digits + 1, "0");
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function merge(into: Money[], more: readonly Money[]): Money[] {
  const merged = [...into];
  for (const money of more) {
    const at = merged.findIndex((known) => known.currency === money.currency);
    const known = merged[at];
    if (known) merged[at] = { currency: money.currency, amount: addAmounts(known.amount, money.amount) };
    else merged.push(money);
  }
  return merged;
}

function mondayOf(iso: string): string {
  const day = new Date(`${iso}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

const KEYS: Record<Grain, (iso: string) => string> = {
  day: (iso) => iso,
  week: mondayOf,
  month: (iso) => iso.slice(0, 7),
};

/** Whether the points themselves are months, known by their first day, as the trend of many years has them. */
function isByMonth([one, other]: readonly TrendPoint[]): boolean {
  return one !== undefined && other !== undefined && Date.parse(other.date) - Date.parse(one.date) > 7 * 86_400_000;
}

function lastOfMonth(iso: string): string {
  const day = new Date(`${iso}T00:00:00Z`);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
}

/** What one bar stands for when so many points are drawn. */
export function grainOf(points: readonly TrendPoint[]): Grain {
  if (isByMonth(points)) return "month";
  if (points.length <= DAYS_MAX) return "day";
  return points.length <= WEEKS_MAX ? "week" : "month";
}

/** Bars over the points, in their order; amounts are only added within a currency. */
export function barsOf(points: readonly TrendPoint[]): Bar[] {
  if (isByMonth(points)) {
    return points.map(({ date, count, value }) => ({ from: date, to: lastOfMonth(date), count, value: [...value] }));
  }
  const key = KEYS[grainOf(points)];
  const bars = new Map<string, Bar>();
  for (const { date, count, value } of points) {
    const known = bars.get(key(date));
    if (known) {
      bars.set(key(date), { ...known, to: date, count: known.count + count, value: merge(known.value, value) });
    } else bars.set(key(date), { from: date, to: date, count, value: [...value] });
  }
  return [...bars.values()];
}
