/** Where somebody goes after signing in: an address of ours alone. */
export type LoginSearch = { next?: string };

export function parseLoginSearch(raw: Record<string, unknown>): LoginSearch {
  return typeof raw.next === "string" && /^\/(?![/\\])/.test(raw.next) ? { next: raw.next } : {};
}
