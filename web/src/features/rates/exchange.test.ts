import { beforeAll, describe, expect, it } from "vitest";
import { setFormat } from "@/shared/lib/locale";
import { currenciesIn, formatRate } from "./exchange";
import { parseExchangeSearch } from "./search";

describe("exchange rates", () => {
  beforeAll(() => setFormat({ locale: "en-ZA" }));

  it("finds the currencies that somebody typed, each once", () => {
    expect(currenciesIn(" zar, usd;ZAR ")).toEqual(["ZAR", "USD"]);
    expect(currenciesIn("")).toEqual([]);
  });

  it("writes every decimal of a rate", () => {
    setFormat({ locale: "en-GB" });
    expect(formatRate("0.00004127")).toBe("0.00004127");
    expect(formatRate("17821.12345678")).toBe("17,821.12345678");
    setFormat({ locale: "de-DE" });
    expect(formatRate("19.6188")).toBe("19,6188");
  });

  it("keeps a pair in the address and nothing else", () => {
    expect(parseExchangeSearch({ pair: "EUR-ZAR", x: 1 })).toEqual({ pair: "EUR-ZAR" });
    expect(parseExchangeSearch({ pair: "EUR/ZAR" })).toEqual({});
  });
});
