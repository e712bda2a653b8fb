export const VIEWS = ["open", "waiting", "quoted", "snoozed", "all"] as const;
export type View = (typeof VIEWS)[number];
export const DEFAULT_VIEW: View = "open";

/** The inbox's state in its address: which list, and the quote that lies open over it. */
export type InboxSearch = { view?: View; quote?: string };

export function parseInboxSearch(raw: Record<string, unknown>): InboxSearch {
  const view = VIEWS.find((known) => known === raw.view);
  return {
    ...(view && view !== DEFAULT_VIEW ? { view } : {}),
    ...(typeof raw.quote === "string" && raw.quote !== "" ? { quote: raw.quote } : {}),
  };
}
