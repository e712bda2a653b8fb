/** Dates of stays are calendar days (`YYYY-MM-DD`) and never shift with a zone; instants are shown in the agency's zone. */
import { formatLocale, formatTimeZone } from "./locale";

const DAY_MS = 86_400_000;

function day(iso: string): Date {
  return new Date(`${iso}T00:00:00Z`);
}

/** Today as a calendar day in the agency's zone. */
export function today(now: Date = new Date()): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: formatTimeZone() }).format(now);
}

/** The calendar day of an instant in the agency's zone. */
export function dayOf(instant: string): string {
  return today(new Date(instant));
}

/** Whole days from one calendar day to another, negative when the other lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((day(to).getTime() - day(from).getTime()) / DAY_MS);
}

/** The calendar day so many days later. */
export function addDays(iso: string, days: number): string {
  return new Date(day(iso).getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

/** `14 Mar 2027`; without its year when that is the current one. */
export function formatDay(iso: string, now: Date = new Date()): string {
  const sameYear = iso.slice(0, 4) === today(now).slice(0, 4);
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", timeZone: "UTC" };
  if (!sameYear) options.year = "numeric";
  return new Intl.DateTimeFormat(formatLocale(), options).format(day(iso));
}

/** `14–21 Mar 2027`, as the locale writes a range. */
export function formatStay(checkIn: string, checkOut: string): string {
  const format = new Intl.DateTimeFormat(formatLocale(), {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  return format.formatRange(day(checkIn), day(checkOut));
}

/** The instant in full, with the zone's name: what a hover shows. */
export function formatInstant(iso: string): string {
  return new Intl.DateTimeFormat(formatLocale(), {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: formatTimeZone(),
  }).format(new Date(iso));
}

const STEPS: readonly [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [3_600, 60, "minute"],
  [86_400, 3_600, "hour"],
  [7 * 86_400, 86_400, "day"],
];

/** `5 min ago`, `yesterday`; after a week the day itself. */
export function formatRelative(iso: string, now: Date = new Date()): string {
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
  const distance = Math.abs(seconds);
  const style = new Intl.RelativeTimeFormat(formatLocale(), { numeric: "auto", style: "narrow" });
  if (distance < 45) return style.format(0, "second");
  for (const [limit, size, unit] of STEPS) {
    if (distance < limit) return style.format(Math.trunc(seconds / size) || Math.sign(seconds), unit);
  }
  return formatDay(dayOf(iso), now);
}

/** `3 min 20 s` from seconds. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes > 0 ? `${minutes} min ${String(whole % 60).padStart(2, "0")} s` : `${whole} s`;
}
