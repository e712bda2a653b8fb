import { TOPICS, type Topic } from "./audit";

export const SECTIONS = ["people", "invitations", "working", "form", "sessions", "security", "keys", "audit"] as const;
export type Section = (typeof SECTIONS)[number];
export const KINDS = ["change", "access"] as const;

/** Which part of the settings, and what is looked for in the audit trail. Days are `YYYY-MM-DD`. */
export type SettingsSearch = {
  section?: Section;
  q?: string;
  kind?: (typeof KINDS)[number];
  topic?: Topic;
  from?: string;
  to?: string;
};

export function parseSettingsSearch(raw: Record<string, unknown>): SettingsSearch {
  const found: SettingsSearch = {
    section: SECTIONS.find((one) => one === raw.section),
    q: text(raw.q),
    kind: KINDS.find((one) => one === raw.kind),
    topic: TOPICS.find((one) => one === raw.topic),
    from: day(raw.from),
    to: day(raw.to),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function text(value: unknown): string | undefined {
  // The router reads ?q=2026 as a number; it is a search text all the same.
  const written = typeof value === "number" ? String(value) : value;
  return typeof written === "string" && written.trim() !== "" ? written : undefined;
}

function day(value: unknown): string | undefined {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}

/** The sections of this role: everybody has their own sign-in, administrators their agency's, operators their trail. */
export function sectionsOf(role: string): readonly Section[] {
  if (role === "admin") return SECTIONS;
  return role === "operator" ? ["sessions", "security", "audit"] : ["working", "sessions", "security"];
}
