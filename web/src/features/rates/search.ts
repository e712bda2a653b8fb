export const TABS = ["rates", "rules", "calendar", "versions"] as const;
export type Tab = (typeof TABS)[number];
export const CONTRACT_STATES = ["live", "draft", "retired"] as const;
export type ContractState = (typeof CONTRACT_STATES)[number];

/** The rates in their address: which versions, the one that is open, and what is looked at of it. */
export type RatesSearch = { contracts?: ContractState; id?: string; tab?: Tab };

/** The pair whose past is open, as `EUR-ZAR`. */
export type ExchangeSearch = { pair?: string };

export function parseExchangeSearch(raw: Record<string, unknown>): ExchangeSearch {
  return typeof raw.pair === "string" && /^[A-Z]{3}-[A-Z]{3}$/.test(raw.pair) ? { pair: raw.pair } : {};
}

export function parseRatesSearch(raw: Record<string, unknown>): RatesSearch {
  const search: RatesSearch = {
    contracts: CONTRACT_STATES.find((known) => known === raw.contracts),
    id: typeof raw.id === "string" && raw.id !== "" ? raw.id : undefined,
    tab: TABS.find((known) => known === raw.tab),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
