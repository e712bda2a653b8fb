import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { CalendarDay, RateCalendar } from "@/shared/api/types";
import { today } from "@/shared/lib/dates";
import { formatMoney } from "@/shared/lib/money";
import { t, tn, word } from "@/shared/lib/text";
import { IconButton } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { FilterMenu } from "@/shared/ui/FilterMenu";
import { Failure, Loading, Skeleton } from "@/shared/ui/States";
import { type Board, type ContractDocument, firstMonth } from "./document";
import { monthAfter, weekdayOf } from "./month";
import { calendarQuery } from "./queries";

const LOCALE = "en-GB";

/** 1 January 2024 was a Monday. */
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7].map((day) =>
  new Date(Date.UTC(2024, 0, day)).toLocaleDateString(LOCALE, { weekday: "short", timeZone: "UTC" }),
);

function monthName(month: string): string {
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString(LOCALE, {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}

function Day({ day }: { day: CalendarDay }) {
  return (
    <li
      className={cx(
        "flex min-h-18 min-w-0 flex-col gap-0.5 bg-surface p-2 max-md:min-h-0 max-md:flex-row max-md:items-baseline max-md:gap-3",
        !day.total && "text-faint",
        day.code === "PAST_DATE" && "max-md:hidden", // a phone's list begins today
      )}
    >
      <time dateTime={day.date} className="num shrink-0 text-sm max-md:w-24">
        <span className="md:hidden">
          {new Date(`${day.date}T00:00:00Z`).toLocaleDateString(LOCALE, { weekday: "short", timeZone: "UTC" })}{" "}
        </span>
        {Number(day.date.slice(8))}
      </time>
      {day.total ? (
        <>
          <span className="num font-medium text-ink max-md:ml-auto max-md:order-last">{formatMoney(day.total)}</span>
          <span className="num text-xs text-muted">{tn("count.nights", day.nights ?? 1)}</span>
        </>
      ) : (
        <span className="text-sm" title={day.detail}>
          {word("reason", day.code)}
        </span>
      )}
    </li>
  );
}

function Month({ calendar }: { calendar: RateCalendar }) {
  const before = weekdayOf(`${calendar.month}-01`);
  return (
    <>
      <div aria-hidden className="num grid grid-cols-7 pb-1 text-sm text-faint max-md:hidden">
        {WEEKDAYS.map((name) => (
          <span key={name} className="px-2">
            {name}
          </span>
        ))}
      </div>
      <ol
        aria-label={monthName(calendar.month)}
        className="grid gap-px overflow-hidden rounded-md border border-line bg-line md:grid-cols-7"
      >
        {Array.from({ length: before }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: empty cells before the first of the month
          <li key={at} aria-hidden className="bg-sunken max-md:hidden" />
        ))}
        {calendar.days.map((day) => (
          <Day key={day.date} day={day} />
        ))}
        {Array.from({ length: (7 - ((before + calendar.days.length) % 7)) % 7 }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: empty cells after the last of the month
          <li key={at} aria-hidden className="bg-sunken max-md:hidden" />
        ))}
      </ol>
    </>
  );
}

/** What a stay costs that begins on each day of a month, or why none can. */
export function CalendarMonth({ hotelId, document }: { hotelId: string; document: ContractDocument }) {
  const [month, setMonth] = useState(() => firstMonth(document, today().slice(0, 7)));
  const [room, setRoom] = useState<string>();
  const [board, setBoard] = useState<string>();
  const { data, error, refetch, isPlaceholderData } = useQuery(
    calendarQuery(hotelId, {
      month,
      adults: 2,
      ...(room ? { room } : {}),
      ...(board ? { board: board as Board } : {}),
    }),
  );
  return (
    <section aria-label={t("rates.tab.calendar")} className="space-y-4">
      <div className="flex flex-wrap items-center gap-2">
        <IconButton label={t("rates.calendar.previous")} onClick={() => setMonth(monthAfter(month, -1))}>
          <ChevronLeft aria-hidden />
        </IconButton>
        <h3 className="num min-w-36 text-center text-base" aria-live="polite">
          {monthName(month)}
        </h3>
        <IconButton label={t("rates.calendar.next")} onClick={() => setMonth(monthAfter(month, 1))}>
          <ChevronRight aria-hidden />
        </IconButton>
        <FilterMenu
          label={t("rates.calendar.room")}
          any={t("rates.calendar.anyRoom")}
          value={room}
          onChange={setRoom}
          options={(data?.rooms ?? []).map((one) => ({ value: one.code, label: one.name }))}
        />
        <FilterMenu
          label={t("rates.calendar.board")}
          any={t("rates.calendar.anyBoard")}
          value={board}
          onChange={setBoard}
          options={(data?.boards ?? []).map((one) => ({ value: one, label: word("board", one) }))}
        />
      </div>
      <p className="text-sm text-muted">{t("rates.calendar.note")}</p>
      {error && !data && <Failure compact error={error} onRetry={() => void refetch()} />}
      {data ? (
        <div className={cx(isPlaceholderData && "opacity-60")}>
          <Month calendar={data} />
        </div>
      ) : (
        !error && (
          <Loading>
            <Skeleton className="h-96 w-full" />
          </Loading>
        )
      )}
    </section>
  );
}
