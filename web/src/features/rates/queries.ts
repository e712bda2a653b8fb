import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import type { Board } from "./document";
import type { ContractState } from "./search";

const PAGE = 100;

export const ratesKey = ["rates"] as const;

/** Versions of contracts in one state, newest first. */
export function contractsQuery(status: ContractState) {
  return infiniteQueryOptions({
    queryKey: [...ratesKey, "contracts", status],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/v1/rates/contracts", {
          params: { query: { status, limit: PAGE, cursor: pageParam ?? undefined } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? null,
  });
}

export function contractQuery(id: string) {
  return queryOptions({
    queryKey: [...ratesKey, "contract", id],
    queryFn: () => unwrap(api.GET("/api/v1/rates/contracts/{contract_id}", { params: { path: { contract_id: id } } })),
  });
}

/** Every version of a hotel's contract, newest first. */
export function versionsQuery(hotelId: string) {
  return queryOptions({
    queryKey: [...ratesKey, "versions", hotelId],
    queryFn: () =>
      unwrap(api.GET("/api/v1/rates/contracts", { params: { query: { hotel_id: hotelId, limit: PAGE } } })),
  });
}

export type CalendarAsked = { month: string; adults: number; room?: string; board?: Board };

export function calendarQuery(hotelId: string, asked: CalendarAsked) {
  return queryOptions({
    queryKey: [...ratesKey, "calendar", hotelId, asked],
    queryFn: () =>
      unwrap(
        api.GET("/api/v1/rates/hotels/{hotel_id}/calendar", {
          params: { path: { hotel_id: hotelId }, query: asked },
        }),
      ),
    placeholderData: (previous) => previous,
  });
}

export type ImportChoice = { dry_run: boolean; partial: boolean; draft: boolean };

/** Send a file; a trial stores nothing and answers what is wrong with it. */
export function importRates(file: File, choice: ImportChoice) {
  const body = new FormData();
  body.append("file", file);
  return unwrap(
    api.POST("/api/v1/rates/import", {
      params: { query: choice },
      body: body as unknown as { file: string },
      bodySerializer: (form) => form as unknown as FormData,
    }),
  );
}
