/** A contract's document as people write it: the parts that the page shows. */
export type Board = "RO" | "BB" | "HB" | "FB" | "AI";
type Placed = { sheet?: string; page?: number; row?: number; cell?: string };
type Scoped = Placed & { seasons?: string[]; dates?: string[]; from?: string; to?: string; rooms?: string[] };

export type Season = { code: string; from: string; to: string; priority?: number; weekdays?: string[] };
export type Rate = Placed & { plan: string; room: string; season: string; amount: string };
export type Room = { code: string; name?: string; max_adults: number; max_children?: number };
export type Plan = { code: string; board: Board; basis: "per_person_night" | "per_room_night" };
export type Package = Placed & {
  code: string;
  board: Board;
  room: string;
  nights: number;
  valid: { from: string; to: string };
  sharing?: string;
  single?: string;
  child?: string;
  infant?: string;
  cells?: Record<string, string>;
};
export type Entry = Scoped & Record<string, unknown>;

export type ContractDocument = {
  hotel: { name: string; destination: string; country: string; time_zone: string; stars?: number };
  currency: string;
  lone_adult_rule?: string;
  source: { document: string; sheet?: string };
  age_bands: { code: string; from: number; to: number }[];
  rooms: Room[];
  plans?: Plan[];
  seasons?: Season[];
  rates?: Rate[];
  packages?: Package[];
  child_rules?: Entry[];
  supplements?: Entry[];
  restrictions?: Entry[];
  offers?: Entry[];
  taxes?: Entry[];
  allotments?: Entry[];
  services?: Entry[];
};

/** What holds for the whole contract. */
const TERMS = [
  "hotel",
  "currency",
  "rate_kind",
  "commission_pct",
  "child_age_basis",
  "lone_adult_rule",
  "offer_selection",
  "booking_window",
] as const;

const LISTS = [
  "age_bands",
  "rooms",
  "plans",
  "seasons",
  "rates",
  "packages",
  "child_rules",
  "supplements",
  "restrictions",
  "offers",
  "taxes",
  "allotments",
  "services",
] as const;
type List = (typeof LISTS)[number];
export type Part = List | "terms";

const PLACES = ["sheet", "page", "row", "cell", "cells"];
const KEYS: Partial<Record<List, string[]>> = {
  rates: ["plan", "room", "season"],
  packages: ["room", "board", "nights", "valid"],
  seasons: ["code", "from"],
  allotments: ["room", "from", "to"],
};

export type Change = {
  part: Part;
  kind: "added" | "removed" | "changed";
  name: string;
  before?: string;
  after?: string;
};

/** What one version says otherwise than the one before it; where in a file it stands is no difference. */
export function differences(before: ContractDocument, after: ContractDocument): Change[] {
  return [
    ...LISTS.flatMap((part) => changesOf(part, listOf(before, part), listOf(after, part))),
    ...termsOf(before, after),
  ];
}

function termsOf(before: ContractDocument, after: ContractDocument): Change[] {
  return TERMS.flatMap((term) => {
    const [old, now] = [before, after].map((one) => plain((one as unknown as Record<string, unknown>)[term]));
    if (old === now) return [];
    return [{ part: "terms", kind: "changed", name: term.replaceAll("_", " "), before: old, after: now } as const];
  });
}

/** The first month, from the given one on, in which the contract prices a night. */
export function firstMonth(document: ContractDocument, from: string): string {
  const spans = [...(document.seasons ?? []), ...(document.packages ?? []).map((one) => one.valid)];
  const months = spans.filter((span) => span.to.slice(0, 7) >= from).map((span) => span.from.slice(0, 7));
  const first = months.sort()[0];
  return first && first > from ? first : from;
}

function listOf(document: ContractDocument, part: List): Record<string, unknown>[] {
  return (document[part] ?? []) as unknown as Record<string, unknown>[];
}

function changesOf(part: List, before: Record<string, unknown>[], after: Record<string, unknown>[]): Change[] {
  const known = named(part, before);
  const changes: Change[] = [];
  for (const [name, entry] of named(part, after)) {
    const old = known.get(name);
    known.delete(name);
    if (old === undefined) changes.push({ part, kind: "added", name, after: said(entry) });
    else if (said(old) !== said(entry))
      changes.push({ part, kind: "changed", name, before: said(old), after: said(entry) });
  }
  for (const [name, entry] of known) changes.push({ part, kind: "removed", name, before: said(entry) });
  return changes;
}

/** Entries by what tells them apart; two of one name are numbered. */
function named(part: List, entries: Record<string, unknown>[]): Map<string, Record<string, unknown>> {
  const found = new Map<string, Record<string, unknown>>();
  for (const entry of entries) {
    const keys = KEYS[part] ?? ["code", "kind", "name", "board", "band"].filter((key) => key in entry).slice(0, 3);
    const name = keys.map((key) => plain(entry[key])).join(", ");
    let free = name;
    for (let at = 2; found.has(free); at += 1) free = `${name} (${at})`;
    found.set(free, entry);
  }
  return found;
}

/** What stands first in an entry, and what speaks for itself without its name. */
const FIRST = ["kind", "code", "name", "band", "board", "plan", "room", "season", "from", "to", "percent", "amount"];
const BARE = ["kind", "code", "name", "band", "board", "plan", "room", "season", "amount"];

/** An entry in words: everything but its place in the file. */
export function said(entry: Record<string, unknown>): string {
  const rank = (key: string) => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
  return Object.keys(entry)
    .filter((key) => !PLACES.includes(key) && !(key === "code" && "name" in entry))
    .sort((one, other) => rank(one) - rank(other))
    .map((key) => {
      if (key === "percent") return `${plain(entry[key])} %`;
      return BARE.includes(key) ? plain(entry[key]) : `${key.replaceAll("_", " ")} ${plain(entry[key])}`;
    })
    .join(" · ");
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(", ");
  if (value !== null && typeof value === "object")
    return Object.entries(value)
      .sort(([one], [other]) => FIRST.indexOf(one) - FIRST.indexOf(other))
      .map(([key, one]) => `${key} ${plain(one)}`)
      .join(", ");
  if (typeof value === "string") return value.replaceAll("_", " ");
  return value === true ? "yes" : value === false ? "no" : String(value ?? "");
}

/** Where an amount stands in the hotel's file: "rates.xlsx, sheet Rates, row 5, cell I5". */
export function placeOf(entry: Placed, source: { document: string; sheet?: string }): string {
  const sheet = entry.sheet ?? source.sheet;
  return [
    source.document,
    sheet && `sheet ${sheet}`,
    entry.page && `page ${entry.page}`,
    entry.row && `row ${entry.row}`,
    entry.cell && `cell ${entry.cell}`,
  ]
    .filter(Boolean)
    .join(", ");
}
