/** Exchange rates: how they are asked for, imported and written. */
import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import { formatLocale } from "@/shared/lib/locale";
import { ratesKey } from "./queries";

const PAIRS = 200;
const DAYS = 50;

export const exchangeKey = [...ratesKey, "exchange"] as const;

/** The last stored rate of every pair. */
export const exchangeQuery = infiniteQueryOptions({
  queryKey: [...exchangeKey, "last"],
  queryFn: ({ pageParam }) =>
    unwrap(api.GET("/api/v1/rates/fx", { params: { query: { limit: PAIRS, cursor: pageParam ?? undefined } } })),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor ?? null,
});

/** What was stored of one pair, the newest day first. */
export function pairQuery(base: string, quote: string) {
  return infiniteQueryOptions({
    queryKey: [...exchangeKey, "pair", base, quote],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/v1/rates/fx/{base}/{quote}", {
          params: { path: { base, quote }, query: { limit: DAYS, cursor: pageParam ?? undefined } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? null,
  });
}

/** Send the bank's table; a trial stores nothing and answers what is wrong with it. */
export function importExchange(file: File, { dry_run, cross }: { dry_run: boolean; cross: string[] }) {
  const body = new FormData();
  body.append("file", file);
  return unwrap(
    api.POST("/api/v1/rates/fx/import", {
      params: { query: { dry_run, cross } },
      body: body as unknown as { file: string },
      bodySerializer: (form) => form as unknown as FormData,
    }),
  );
}

/** The currencies in what somebody typed, each once: `zar, usd` is ZAR and USD. */
export function currenciesIn(typed: string): string[] {
  return [
    ...new Set(
      typed
        .toUpperCase()
        .split(/[^A-Z]+/)
        .filter(Boolean),
    ),
  ];
}

/** The rate to the last of its decimals, as the locale writes it. */
export function formatRate(rate: string): string {
  // A decimal as text is formatted as it is; a number would round it first.
  return new Intl.NumberFormat(formatLocale(), { maximumFractionDigits: 8 }).format(rate as `${number}`);
}
