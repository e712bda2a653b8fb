type Raw = Record<string, unknown>;

/** A page's own reading of its address, and nothing beside it: the router lets through what the reading leaves out. */
export function nothingElse<T extends object>(parse: (raw: Raw) => T): (raw: Raw) => T {
  return (raw) => ({ ...Object.fromEntries(Object.keys(raw).map((key) => [key, undefined])), ...parse(raw) });
}
