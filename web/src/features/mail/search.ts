export const STATUSES = ["draft", "held", "queued", "sending", "sent", "failed", "parked", "discarded"] as const;
export const REPORTED = ["delivered", "deferred", "bounced", "complained"] as const;
export const STATES = [...STATUSES, ...REPORTED] as const;
export type State = (typeof STATES)[number];

/** The sent mail in its address: which mails, and the one that is open. */
export type LettersSearch = { outcome?: State; q?: string; id?: string };

function text(value: unknown): string | undefined {
  // The router reads ?q=2026 as a number; it is a search text all the same.
  const written = typeof value === "number" ? String(value) : value;
  return typeof written === "string" && written.trim() !== "" ? written : undefined;
}

export function parseLettersSearch(raw: Record<string, unknown>): LettersSearch {
  const search: LettersSearch = {
    outcome: STATES.find((known) => known === raw.outcome),
    q: text(raw.q),
    id: text(raw.id),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

type Asked = { status?: (typeof STATUSES)[number]; delivery_state?: (typeof REPORTED)[number] };

/** The API's filter for a state: one of ours, or one that others reported. */
export function filterOf(state: State | undefined): Asked {
  const status = STATUSES.find((known) => known === state);
  const delivery_state = REPORTED.find((known) => known === state);
  return { ...(status ? { status } : {}), ...(delivery_state ? { delivery_state } : {}) };
}
