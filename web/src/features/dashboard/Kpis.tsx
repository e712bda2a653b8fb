import { Link, type LinkProps } from "@tanstack/react-router";
import { ArrowDown, ArrowUp, Minus } from "lucide-react";
import type { ReactNode } from "react";
import type { Dashboard } from "@/shared/api/types";
import { currenciesOf, drawingValue, formatMoneyList, inCurrency, type Money, withoutZeros } from "@/shared/lib/money";
import { changeOf, formatCount, formatShare } from "@/shared/lib/numbers";
import { t, tn } from "@/shared/lib/text";
import { cx } from "@/shared/ui/cx";
import { MoneyStack } from "@/shared/ui/Money";
import { Sparkline } from "@/shared/ui/Sparkline";
import { Loading, Skeleton } from "@/shared/ui/States";
import type { Period } from "./search";
import { barsOf } from "./trend";

type Good = "up" | "down" | "neither";

const ICONS = { up: ArrowUp, down: ArrowDown, same: Minus };

function Change({
  current,
  previous,
  period,
  good,
  points,
}: {
  current: number;
  previous: number;
  period: Period;
  good: Good;
  points?: boolean;
}) {
  if (period === "all") return null;
  const { direction, share } = changeOf(current, previous);
  const Icon = ICONS[direction];
  const tone =
    direction === "same" || good === "neither" ? "text-muted" : direction === good ? "text-green" : "text-red";
  const size = points
    ? t("home.kpi.points", { points: Math.round(Math.abs(current - previous) * 100) })
    : share === null
      ? ""
      : formatShare(share);
  const words =
    direction === "same"
      ? t("home.kpi.same")
      : share === null
        ? t("home.kpi.moreFromNone")
        : t(direction === "up" ? "home.kpi.more" : "home.kpi.less", { share: size });
  return (
    <span
      className={cx("num inline-flex items-center gap-0.5 text-xs font-medium whitespace-nowrap", tone)}
      title={t(`home.before.${period}`)}
    >
      <Icon className="size-3" strokeWidth={2.5} aria-hidden />
      {words}
      <span className="sr-only"> {t(`home.before.${period}`)}</span>
    </span>
  );
}

type KpiProps = {
  label: string;
  link?: Pick<LinkProps, "to" | "search">;
  figure: ReactNode;
  change?: ReactNode;
  note?: string;
  spark?: number[] | null;
};

function Kpi({ label, link, figure, change, note, spark }: KpiProps) {
  return (
    <div className="flex min-w-0 flex-col px-4 py-1 first:pl-0 max-xl:px-0">
      <dt className="text-sm text-muted">
        {link ? (
          <Link {...link} className="rounded-sm hover:text-ink hover:underline">
            {label}
          </Link>
        ) : (
          label
        )}
      </dt>
      <dd className="mt-1 flex min-h-0 flex-1 flex-col">
        <span className="num text-xl font-semibold tracking-tight">{figure}</span>
        <span className="mt-1 mb-2 flex min-h-9 flex-col">
          {change}
          {note && <span className="num text-xs text-faint">{note}</span>}
        </span>
        {spark && <Sparkline values={spark} className="mt-auto h-6 w-full max-w-32" />}
      </dd>
    </div>
  );
}

function single(list: readonly Money[] | undefined): Money | undefined {
  return list?.length === 1 ? list[0] : undefined;
}

function MoneyChange({
  now,
  before,
  period,
  good,
}: {
  now: readonly Money[];
  before?: readonly Money[];
  period: Period;
  good: Good;
}) {
  const [current, previous] = [single(now), single(before)];
  // Amounts in several currencies, or in different ones, have no common change.
  if (!current || !previous || current.currency !== previous.currency) return null;
  return <Change current={drawingValue(current)} previous={drawingValue(previous)} period={period} good={good} />;
}

function whole(list: readonly Money[]): string {
  return formatMoneyList(withoutZeros(list), { whole: true });
}

type KpisProps = { dashboard: Dashboard; period: Period };

function QuoteKpis({ dashboard, period }: KpisProps) {
  const { stats, quotes } = dashboard;
  const currency = currenciesOf(quotes?.trend.map((point) => point.value) ?? [])[0];
  const before = stats?.previous;
  return (
    <>
      {stats && (
        <>
          <Kpi
            label={t("home.kpi.quotes")}
            link={{ to: "/quotes" }}
            figure={formatCount(stats.quotes.total)}
            change={
              before && <Change current={stats.quotes.total} previous={before.quotes.total} period={period} good="up" />
            }
            note={tn("home.kpi.pending", stats.quotes.pending)}
            spark={quotes && barsOf(quotes.trend).map((bar) => bar.count)}
          />
          <Kpi
            label={t("home.kpi.conversion")}
            link={{ to: "/quotes", search: { status: "accepted" } }}
            figure={formatShare(stats.quotes.conversion_rate)}
            change={
              before && (
                <Change
                  current={stats.quotes.conversion_rate}
                  previous={before.quotes.conversion_rate}
                  period={period}
                  good="up"
                  points
                />
              )
            }
            note={tn("home.kpi.accepted", stats.quotes.accepted)}
          />
        </>
      )}
      {quotes && (
        <Kpi
          label={t("home.kpi.value")}
          link={{ to: "/quotes" }}
          figure={<MoneyStack list={withoutZeros(quotes.summary.value)} whole />}
          note={t("home.kpi.average", { amount: whole(quotes.summary.average) })}
          spark={
            currency ? barsOf(quotes.trend).map((bar) => drawingValue(inCurrency(bar.value, currency))) : undefined
          }
        />
      )}
    </>
  );
}

function RevenueKpis({ dashboard, period }: KpisProps) {
  const { stats } = dashboard;
  if (!stats) return null;
  const { revenue, previous } = { revenue: stats.revenue, previous: stats.previous?.revenue };
  return (
    <>
      <Kpi
        label={t("home.kpi.collected.title")}
        figure={<MoneyStack list={withoutZeros(revenue.collected)} whole />}
        change={<MoneyChange now={revenue.collected} before={previous?.collected} period={period} good="up" />}
        note={revenue.invoiced.length === 1 ? t("home.kpi.invoiced", { amount: whole(revenue.invoiced) }) : undefined}
      />
      <Kpi
        label={t("home.kpi.outstanding")}
        figure={<MoneyStack list={withoutZeros(revenue.outstanding)} whole />}
        change={<MoneyChange now={revenue.outstanding} before={previous?.outstanding} period={period} good="neither" />}
        note={revenue.overdue.length > 0 ? t("home.kpi.overdue", { amount: whole(revenue.overdue) }) : undefined}
      />
      <Kpi
        label={t("home.kpi.clients")}
        link={{ to: "/clients" }}
        figure={formatCount(stats.clients.new)}
        change={
          stats.previous && (
            <Change current={stats.clients.new} previous={stats.previous.clients.new} period={period} good="up" />
          )
        }
        note={tn("home.kpi.active", stats.clients.active)}
      />
    </>
  );
}

/** The figures of the period, each against the one before. */
export function Kpis(props: KpisProps) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-6 sm:grid-cols-3 xl:grid-cols-6 xl:gap-x-0 xl:divide-x xl:divide-line">
      <QuoteKpis {...props} />
      <RevenueKpis {...props} />
    </dl>
  );
}

export function KpisSkeleton() {
  return (
    <Loading>
      <div className="grid grid-cols-2 gap-6 sm:grid-cols-3 xl:grid-cols-6">
        {[0, 1, 2, 3, 4, 5].map((cell) => (
          <div key={cell} className="space-y-2">
            <Skeleton className="h-4 w-20" />
            <Skeleton className="h-6 w-28" />
            <Skeleton className="h-4 w-24" />
          </div>
        ))}
      </div>
    </Loading>
  );
}
