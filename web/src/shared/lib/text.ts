/** Every word people read comes from a catalogue by its key; English is the first and the one that types the keys. */
import { en } from "./messages/en";

export type MessageKey = keyof typeof en;
type PluralKey = MessageKey extends infer Key ? (Key extends `${infer Base}.other` ? Base : never) : never;
type Values = Record<string, string | number>;

const catalogue: Record<MessageKey, string> = en;
const plurals = new Intl.PluralRules("en");

function fill(message: string, values: Values): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The message of a key, with `{name}` replaced by its value. */
export function t(key: MessageKey, values: Values = {}): string {
  return fill(catalogue[key], values);
}

/** The message in the plural form that the count takes; `{count}` is the count as given in `values`, else plain. */
export function tn(key: PluralKey, count: number, values: Values = {}): string {
  const form = `${key}.${plurals.select(count)}`;
  const message = form in catalogue ? catalogue[form as MessageKey] : catalogue[`${key}.other` as MessageKey];
  return fill(message, { count, ...values });
}

/** The word for a code the API answers; an unknown code is shown as words, so that a new one never breaks a page. */
export function word(family: string, code: string | null | undefined): string {
  if (!code) return "";
  const key = `${family}.${code}`;
  return key in catalogue
    ? catalogue[key as MessageKey]
    : code.replace(/[_-]+/g, " ").replace(/^./, (c) => c.toUpperCase());
}
