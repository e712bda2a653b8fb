/** Which answers the news makes old. Queries of pages that are open are asked again at once, others when next looked at. */
import type { QueryKey } from "@tanstack/react-query";
import type { News } from "@/shared/live/stream";

const BY_SUBJECT: Record<string, readonly QueryKey[]> = {
  enquiry: [["enquiries"], ["dashboard"]],
  quote: [["quotes"], ["dashboard"]],
  client: [["clients"], ["dashboard"]],
  mail: [["letters"], ["enquiries", "one"]],
  invoice: [["dashboard"]],
  call: [["dashboard"]],
  rates: [["destinations"], ["rates"]],
  settings: [["branding"], ["usage"]],
};

/** The keys of the answers that a piece of news makes old; "all" after a gap of which nobody knows what was in it. */
export function staleAfter({ kind }: News): readonly QueryKey[] | "all" {
  if (kind === "reset") return "all";
  return BY_SUBJECT[kind.split(".", 1)[0] ?? ""] ?? [];
}

/** Collects keys, each once, until they are taken. */
export class StaleKeys {
  #keys = new Map<string, QueryKey>();
  #all = false;

  add(keys: readonly QueryKey[] | "all"): void {
    if (keys === "all") this.#all = true;
    else for (const key of keys) this.#keys.set(JSON.stringify(key), key);
  }

  take(): readonly QueryKey[] | "all" {
    const taken = this.#all ? "all" : [...this.#keys.values()];
    this.#keys.clear();
    this.#all = false;
    return taken;
  }
}
