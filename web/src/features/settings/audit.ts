/** What an entry of the audit trail says, as words on a page. */

export const TOPICS = ["client", "quote", "enquiry", "mail", "user", "session", "api_key", "contract"] as const;
export type Topic = (typeof TOPICS)[number];

type Values = Record<string, unknown> | null;
export type Change = { name: string; before: string; after: string };

/** The fields that differ, each with both sides; a side that was not noted is empty. */
export function changesOf(before: Values, after: Values): Change[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .map((name) => ({ name: name.replace(/_/g, " "), before: written(before?.[name]), after: written(after?.[name]) }))
    .filter((change) => change.before !== change.after);
}

function written(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(written).filter(Boolean).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const PAGES: Record<string, string> = { client: "/clients", quote: "/quotes", enquiry: "/inbox" };

/** Where the thing itself is shown; nothing for what has no page, or where no single thing is meant. */
export function pathOf(kind: string, id: string): string | undefined {
  return id && PAGES[kind] ? `${PAGES[kind]}/${id}` : undefined;
}
