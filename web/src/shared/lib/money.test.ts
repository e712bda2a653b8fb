import { describe, expect, it } from "vitest";
import { currenciesOf, formatAmount, formatMoney, isZero, withoutZeros } from "./money";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("formatMoney", () => {
  it("writes the currency's own symbol where it is not shared", () => {
    expect(plain(formatMoney({ amount: "84300.00", currency: "ZAR" }, { locale: "en" }))).toBe("R 84,300.00");
    expect(plain(formatMoney({ amount: "1460.50", currency: "EUR" }, { locale: "en" }))).toBe("€ 1,460.50");
  });

  it("writes the code where a symbol belongs to several currencies", () => {
    expect(plain(formatMoney({ amount: "12.00", currency: "USD" }, { locale: "en" }))).toBe("USD 12.00");
    expect(plain(formatMoney({ amount: "12.00", currency: "AUD" }, { locale: "en" }))).toBe("AUD 12.00");
  });

  it("keeps every digit of an amount that no float could hold", () => {
    const money = { amount: "90071992547409931.07", currency: "ZAR" };
    expect(plain(formatAmount(money, { locale: "en" }))).toBe("90,071,992,547,409,931.07");
  });

  it("uses the minor units of the currency", () => {
    expect(formatAmount({ amount: "5000", currency: "JPY" }, { locale: "en" })).toBe("5,000");
    expect(formatAmount({ amount: "1.5", currency: "KWD" }, { locale: "en" })).toBe("1.500");
  });

  it("rounds half up when minor units are left out", () => {
    expect(formatAmount({ amount: "10.50", currency: "ZAR" }, { locale: "en", whole: true })).toBe("11");
  });

  it("puts the sign before the currency", () => {
    expect(plain(formatMoney({ amount: "-20.00", currency: "ZAR" }, { locale: "en" }))).toBe("-R 20.00");
  });
});

describe("lists of money", () => {
  it("knows a zero however it is written", () => {
    for (const amount of ["0", "0.00", "-0.000"]) expect(isZero({ amount, currency: "ZAR" })).toBe(true);
    expect(isZero({ amount: "0.01", currency: "ZAR" })).toBe(false);
  });

  it("drops zeros but never the last amount", () => {
    const zero = { amount: "0.00", currency: "ZAR" };
    const some = { amount: "5.00", currency: "USD" };
    expect(withoutZeros([zero, some])).toEqual([some]);
    expect(withoutZeros([zero])).toEqual([zero]);
  });

  it("names the most frequent currency first", () => {
    const [zar, usd] = [
      { amount: "1", currency: "ZAR" },
      { amount: "1", currency: "USD" },
    ];
    expect(currenciesOf([[usd], [zar], [zar, usd], [zar]])).toEqual(["ZAR", "USD"]);
  });
});
