export const SECTIONS = ["people", "invitations", "sessions", "security", "keys"] as const;
export type Section = (typeof SECTIONS)[number];
export type SettingsSearch = { section?: Section };

export function parseSettingsSearch(raw: Record<string, unknown>): SettingsSearch {
  const section = SECTIONS.find((one) => one === raw.section);
  return section ? { section } : {};
}

/** The sections of this role: everybody has their own sign-in, administrators their agency's. */
export function sectionsOf(role: string): readonly Section[] {
  return role === "admin" ? SECTIONS : ["sessions", "security"];
}
