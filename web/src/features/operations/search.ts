/** The state of the operator's pages as it stands in their addresses. */
export const JOB_STATUSES = ["waiting", "scheduled", "running", "dead"] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export type JobsSearch = { state?: JobStatus; kind?: string; tenant_id?: string };
export type QuarantineSearch = { q?: string; id?: string };
export type OutboxSearch = { id?: string };

function text(value: unknown): string | undefined {
  // The router reads ?q=2026 as a number; it is a search text all the same.
  const written = typeof value === "number" ? String(value) : value;
  return typeof written === "string" && written.trim() !== "" ? written : undefined;
}

function known<T extends object>(search: T): T {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;
}

export function parseJobsSearch(raw: Record<string, unknown>): JobsSearch {
  const state = JOB_STATUSES.find((one) => one === raw.state);
  return known({ state, kind: text(raw.kind), tenant_id: text(raw.tenant_id) });
}

export function parseQuarantineSearch(raw: Record<string, unknown>): QuarantineSearch {
  return known({ q: text(raw.q), id: text(raw.id) });
}

export function parseOutboxSearch(raw: Record<string, unknown>): OutboxSearch {
  return known({ id: text(raw.id) });
}
