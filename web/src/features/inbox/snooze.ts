/** When a snoozed enquiry comes back: the usual choices, as instants, by the agency's clock. */
import { addDays, today } from "@/shared/lib/dates";
import { formatTimeZone } from "@/shared/lib/locale";
import type { MessageKey } from "@/shared/lib/text";

const MORNING = 8;
const HOUR_MS = 3_600_000;

export type SnoozeChoice = { label: MessageKey; until: string };

/** How far a zone's clock is ahead of UTC at an instant. */
function offsetMs(at: number, zone: string | undefined): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return local - Math.floor(at / 1_000) * 1_000;
}

/** The morning of a calendar day in a zone, as an instant. */
export function morningOf(day: string, zone: string | undefined = formatTimeZone()): string {
  const wall = new Date(`${day}T00:00:00Z`).getTime() + MORNING * HOUR_MS;
  return new Date(wall - offsetMs(wall - offsetMs(wall, zone), zone)).toISOString();
}

/** The choices that a menu offers, the nearest first; a Monday that is tomorrow stands once. */
export function snoozeChoices(now: Date = new Date()): SnoozeChoice[] {
  const day = today(now);
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const toMonday = (8 - weekday) % 7 || 7;
  return [
    { label: "inbox.snooze.hours", until: new Date(now.getTime() + 3 * HOUR_MS).toISOString() },
    { label: "inbox.snooze.tomorrow", until: morningOf(addDays(day, 1)) },
    ...(toMonday > 1 ? [{ label: "inbox.snooze.monday" as const, until: morningOf(addDays(day, toMonday)) }] : []),
    { label: "inbox.snooze.week", until: morningOf(addDays(day, 7)) },
  ];
}
