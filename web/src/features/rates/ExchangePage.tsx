import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ArrowRightLeft, CircleCheck, TriangleAlert, Upload } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { isOperator } from "@/app/entries";
import { PageHeader } from "@/app/PageHeader";
import { useUser } from "@/features/auth/branding";
import type { FxRate } from "@/shared/api/types";
import { formatDay } from "@/shared/lib/dates";
import { t, tn } from "@/shared/lib/text";
import { useCommands } from "@/shared/lib/useCommands";
import { useRowKeys } from "@/shared/lib/useRowKeys";
import { Badge } from "@/shared/ui/Badge";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Failure, Loading, Notice, Skeleton } from "@/shared/ui/States";
import { ExchangeImport } from "./ExchangeImport";
import { exchangeQuery, formatRate } from "./exchange";
import { PairSheet } from "./PairSheet";
import { RatesNav } from "./RatesNav";

const HEAD =
  "h-9 border-b border-line px-2.5 text-left text-sm font-medium whitespace-nowrap text-faint first:pl-4 last:pr-4 md:first:pl-6 md:last:pr-6";
const CELL = "px-2.5 py-2.5 align-top first:pl-4 last:pr-4 md:first:pl-6 md:last:pr-6";

function age(days: number): string {
  return days === 0 ? t("exchange.today") : tn("exchange.age", days);
}

function State({ rate }: { rate: FxRate }) {
  return rate.beyond_limit ? (
    <Badge tone="amber" icon={TriangleAlert}>
      {t("exchange.old")}
    </Badge>
  ) : (
    <Badge tone="green" icon={CircleCheck}>
      {t("exchange.good")}
    </Badge>
  );
}

type RatesTableProps = { rates: readonly FxRate[]; judged: boolean; onOpen: (rate: FxRate) => void };

function RatesTable({ rates, judged, onOpen }: RatesTableProps) {
  const at = useRowKeys(rates, onOpen);
  const rows = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    rows.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <table className="num w-full">
      <caption className="sr-only">{t("exchange.title")}</caption>
      <thead className="sticky top-13 z-10 bg-surface">
        <tr>
          <th scope="col" className={HEAD}>
            {t("exchange.pair")}
          </th>
          <th scope="col" className={cx(HEAD, "text-right")}>
            {t("exchange.rate")}
          </th>
          <th scope="col" className={HEAD}>
            {t("exchange.day")}
          </th>
          {judged && (
            <th scope="col" className={HEAD}>
              {t("exchange.state")}
            </th>
          )}
          <th scope="col" className={cx(HEAD, "max-md:hidden")}>
            {t("exchange.source")}
          </th>
        </tr>
      </thead>
      <tbody ref={rows}>
        {rates.map((rate, index) => (
          <tr
            key={rate.id}
            onClick={() => onOpen(rate)}
            aria-selected={index === at || undefined}
            className={cx(
              "cursor-pointer border-b border-line transition-colors hover:bg-hover",
              index === at && "bg-accent-soft shadow-[inset_2px_0_0_var(--accent-text)] hover:bg-accent-soft",
            )}
          >
            <th scope="row" className={cx(CELL, "text-left font-medium whitespace-nowrap")}>
              <button
                type="button"
                className="rounded-sm text-left"
                onClick={(event) => {
                  event.stopPropagation();
                  onOpen(rate);
                }}
              >
                {rate.base}/{rate.quote}
              </button>
            </th>
            <td className={cx(CELL, "text-right")}>{formatRate(rate.rate)}</td>
            <td className={cx(CELL, "whitespace-nowrap")}>
              {formatDay(rate.as_of)}
              <span className={cx("block text-sm", index === at ? "text-muted" : "text-faint")}>
                {age(rate.age_days)}
              </span>
            </td>
            {judged && (
              <td className={CELL}>
                <State rate={rate} />
              </td>
            )}
            <td className={cx(CELL, "break-words text-muted max-md:hidden")}>{rate.source}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Lead({ limit, old }: { limit: number | null | undefined; old: number }) {
  if (limit === null || limit === undefined)
    return <p className="max-w-prose px-4 py-4 text-muted md:px-6">{t("exchange.lead.operator")}</p>;
  return (
    <div className="max-w-prose space-y-2 px-4 py-4 text-muted md:px-6">
      <p>{tn("exchange.lead", limit)}</p>
      {old > 0 && (
        <p className="flex items-start gap-2 text-amber">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          {tn("exchange.tooOld", old)}
        </p>
      )}
    </div>
  );
}

function Empty({ onImport }: { onImport?: () => void }) {
  return (
    <Notice
      icon={ArrowRightLeft}
      title={t("exchange.empty")}
      text={t(onImport ? "exchange.empty.operator" : "exchange.empty.text")}
    >
      {onImport && <ImportButton onClick={onImport} />}
    </Notice>
  );
}

function ImportButton({ onClick }: { onClick: () => void }) {
  return (
    <Button look="primary" icon={<Upload aria-hidden />} onClick={onClick}>
      {t("exchange.import")}
    </Button>
  );
}

function Rates({ onImport, onOpen }: { onImport?: () => void; onOpen: (rate: FxRate) => void }) {
  const query = useInfiniteQuery(exchangeQuery);
  const rates = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.error && !query.data) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data)
    return (
      <Loading>
        <Skeleton className="m-6 h-72" />
      </Loading>
    );
  if (rates.length === 0) return <Empty onImport={onImport} />;
  const limit = query.data.pages[0]?.max_age_days;
  return (
    <>
      <Lead limit={limit} old={rates.filter((rate) => rate.beyond_limit).length} />
      <RatesTable rates={rates} judged={typeof limit === "number"} onOpen={onOpen} />
      {query.hasNextPage && (
        <div className="p-4 text-center">
          <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
            {t("action.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}

/** The last exchange rate of every pair: agencies see which are too old for them, operators import new ones. */
export function ExchangePage() {
  const operator = isOperator(useUser());
  const { pair } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [importing, setImporting] = useState(false);
  const start = operator ? () => setImporting(true) : undefined;
  const go = (next: string | undefined) =>
    void navigate({ to: operator ? "/operator/exchange" : "/rates/exchange", search: { pair: next } });
  useCommands(
    start
      ? [{ id: "exchange.import", label: t("exchange.import"), keys: "u", group: t("exchange.title"), run: start }]
      : [],
  );
  return (
    <>
      <PageHeader title={t("exchange.title")} actions={start && <ImportButton onClick={start} />}>
        {!operator && <RatesNav />}
      </PageHeader>
      <Rates onImport={start} onOpen={(rate) => go(`${rate.base}-${rate.quote}`)} />
      {pair && <PairSheet key={pair} pair={pair} onClose={() => go(undefined)} />}
      {operator && <ExchangeImport open={importing} onClose={() => setImporting(false)} />}
    </>
  );
}
