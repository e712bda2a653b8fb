export const STAGES = ["NEW", "QUOTED", "NEGOTIATING", "BOOKED", "PAID", "TRAVELLED", "LOST"] as const;
export type Stage = (typeof STAGES)[number];

/** The clients page in its address: board unless the list is asked for. */
export type ClientsSearch = { view?: "list"; q?: string; stage?: Stage };

export function parseClientsSearch(raw: Record<string, unknown>): ClientsSearch {
  const q = typeof raw.q === "number" ? String(raw.q) : raw.q;
  const stage = STAGES.find((known) => known === raw.stage);
  return {
    ...(raw.view === "list" ? { view: "list" as const } : {}),
    ...(typeof q === "string" && q !== "" ? { q } : {}),
    ...(stage ? { stage } : {}),
  };
}
