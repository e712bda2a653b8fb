/** Where and how people read dates and amounts: the locale that formats them and the agency's time zone. */

let locale = typeof navigator === "undefined" ? "en" : navigator.language || "en";
let timeZone: string | undefined;

/** The BCP 47 tag every formatter uses. */
export function formatLocale(): string {
  return locale;
}

/** The agency's IANA zone; undefined means the browser's own. */
export function formatTimeZone(): string | undefined {
  return timeZone;
}

/** Sets both, for the agency of the person who is signed in. */
export function setFormat(next: { locale?: string | null; timeZone?: string | null }): void {
  if (next.locale) locale = next.locale;
  timeZone = next.timeZone ?? undefined;
}
