/** Money as the API writes it: a decimal string and an ISO 4217 code. It is never added up here. */
import { formatLocale } from "./locale";

export type Money = { amount: string; currency: string };

const AMBIGUOUS = /^(\$|kr|£|¥|Rs)/;
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, options);
  formatters.set(key, made);
  return made;
}

/** Formats the decimal string exactly: Intl reads strings without going through a float, TypeScript does not know. */
function exact(format: Intl.NumberFormat, amount: string): string {
  return format.format(amount as Intl.StringNumericLiteral);
}

function symbol(currency: string): string {
  const parts = formatter("en", { style: "currency", currency, currencyDisplay: "narrowSymbol" }).formatToParts(0);
  const narrow = parts.find((part) => part.type === "currency")?.value ?? currency;
  return AMBIGUOUS.test(narrow) ? currency : narrow;
}

export type MoneyStyle = {
  /** Leave out the minor units: for sentences and headlines. */
  whole?: boolean;
  locale?: string;
};

function digits(currency: string, whole: boolean): Intl.NumberFormatOptions {
  const minor = formatter("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const fraction = whole ? 0 : minor;
  return { minimumFractionDigits: fraction, maximumFractionDigits: fraction, roundingMode: "halfExpand" } as const;
}

/** The figures alone, for a table whose currency stands in its own place. */
export function formatAmount(money: Money, style: MoneyStyle = {}): string {
  return exact(formatter(style.locale ?? formatLocale(), digits(money.currency, style.whole ?? false)), money.amount);
}

/** Amount with its currency as prose writes it: `R 84,300`, `€ 1,460.00`; dollars and crowns by their code. */
export function formatMoney(money: Money, style: MoneyStyle = {}): string {
  const amount = formatAmount(money, style);
  const mark = symbol(money.currency);
  return amount.startsWith("-") ? `-${mark}\u00a0${amount.slice(1)}` : `${mark}\u00a0${amount}`;
}

/** Several currencies side by side, in the order given, never summed. */
export function formatMoneyList(list: readonly Money[], style: MoneyStyle = {}): string {
  return list.map((money) => formatMoney(money, style)).join(" + ");
}

/** True when the decimal string is zero, whatever its digits. */
export function isZero(money: Money): boolean {
  return /^-?0*(\.0*)?$/.test(money.amount);
}

/** The list without its zero amounts; a list of zeros keeps its first, so that something can be shown. */
export function withoutZeros(list: readonly Money[]): Money[] {
  const kept = list.filter((money) => !isZero(money));
  return kept.length > 0 ? kept : list.slice(0, 1);
}

/** A number for drawing only: bar lengths and chart heights. Never shown, never added to another currency. */
export function drawingValue(money: Money | undefined): number {
  return money ? Number(money.amount) : 0;
}

/** The amount in one currency of a list, for charts that draw one currency at a time. */
export function inCurrency(list: readonly Money[], currency: string): Money | undefined {
  return list.find((money) => money.currency === currency);
}

/** Every currency that occurs, the most frequent first, ties by code. */
export function currenciesOf(lists: readonly (readonly Money[])[]): string[] {
  const counts = new Map<string, number>();
  for (const list of lists) for (const { currency } of list) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([currency]) => currency);
}
