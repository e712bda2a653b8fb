import { Link } from "@tanstack/react-router";
import { FileText, Inbox, Phone, Receipt, User } from "lucide-react";
import { STAGES } from "@/features/clients/search";
import type { Dashboard } from "@/shared/api/types";
import { appPath } from "@/shared/lib/appPath";
import { formatDuration } from "@/shared/lib/dates";
import { currenciesOf, drawingValue, formatMoneyList, inCurrency, isZero } from "@/shared/lib/money";
import { formatCount, formatShare } from "@/shared/lib/numbers";
import { t, tn, word } from "@/shared/lib/text";
import { cx } from "@/shared/ui/cx";
import { Time } from "@/shared/ui/Time";
import { Bars } from "./Bars";

type Of<Section extends keyof Dashboard> = NonNullable<Dashboard[Section]>;

const AGEING = ["current", "days_1_30", "days_31_60", "days_61_90", "days_over_90"] as const;
const AGEING_TONES = ["accent", "amber", "amber", "red", "red"] as const;

function Empty({ children }: { children: string }) {
  return <p className="py-3 text-muted">{children}</p>;
}

export function PipelineBars({ pipeline }: { pipeline: Of<"pipeline"> }) {
  if (pipeline.stages.every((stage) => stage.count === 0)) return <Empty>{t("home.pipeline.empty")}</Empty>;
  return (
    <Bars
      rows={pipeline.stages.map(({ stage, count, value }) => ({
        key: stage,
        label: word("stage", stage),
        weight: count,
        figure: formatCount(count),
        note: formatMoneyList(
          value.filter((money) => !isZero(money)),
          { whole: true },
        ),
        tone: stage === "LOST" ? "muted" : "accent",
        link: { to: "/clients", search: { view: "list", stage: STAGES.find((known) => known === stage) } },
      }))}
    />
  );
}

export function AgeingBars({ aging }: { aging: Of<"invoices">["aging"] }) {
  const currencies = currenciesOf(AGEING.map((bucket) => aging[bucket].value));
  if (AGEING.every((bucket) => aging[bucket].count === 0)) return <Empty>{t("home.ageing.empty")}</Empty>;
  return currencies.map((currency) => (
    <div key={currency} className="mb-4 last:mb-0">
      {currencies.length > 1 && <h3 className="mb-1 text-sm text-faint">{currency}</h3>}
      <Bars
        rows={AGEING.map((bucket, at) => {
          const money = inCurrency(aging[bucket].value, currency) ?? { amount: "0", currency };
          return {
            key: bucket,
            label: t(`home.ageing.${bucket}`),
            weight: drawingValue(money),
            figure: isZero(money) ? "–" : formatMoneyList([money], { whole: true }),
            note:
              currencies.length === 1 && aging[bucket].count > 0
                ? tn("home.ageing.invoices", aging[bucket].count)
                : undefined,
            tone: AGEING_TONES[at],
          };
        })}
      />
    </div>
  ));
}

export function CallsFigures({ calls }: { calls: Of<"calls"> }) {
  const { summary, queue, by_outcome: outcomes } = calls;
  const waiting = queue.queued + queue.in_progress + queue.scheduled;
  if (summary.total === 0 && waiting === 0) return <Empty>{t("home.calls.empty")}</Empty>;
  const figures: [string, string][] = [
    [t("home.calls.completed"), `${formatCount(summary.completed)} / ${formatCount(summary.total)}`],
    [t("home.calls.success"), formatShare(summary.success_rate)],
    [t("home.calls.average"), formatDuration(summary.average_duration_s)],
    [t("home.calls.queue"), formatCount(waiting)],
  ];
  return (
    <>
      <dl className="mb-4 grid grid-cols-2 gap-x-6 gap-y-3">
        {figures.map(([label, figure]) => (
          <div key={label}>
            <dt className="text-sm text-muted">{label}</dt>
            <dd className="num text-lg font-semibold">{figure}</dd>
          </div>
        ))}
      </dl>
      <Bars
        rows={Object.entries(outcomes)
          .sort((a, b) => b[1] - a[1])
          .slice(0, 4)
          .map(([outcome, count]) => ({
            key: outcome,
            label: word("outcome", outcome),
            weight: count,
            figure: formatCount(count),
          }))}
      />
    </>
  );
}

export function DestinationBars({ quotes }: { quotes: Of<"quotes"> }) {
  const rows = quotes.by_destination;
  if (rows.length === 0) return <Empty>{t("home.trend.empty")}</Empty>;
  return (
    <Bars
      rows={rows.slice(0, 6).map(({ destination, count, value }) => ({
        key: destination,
        label: destination,
        weight: count,
        figure: formatCount(count),
        note: formatMoneyList(value, { whole: true }),
        link: { to: "/quotes", search: { destination } },
      }))}
    />
  );
}

const ICONS = { quote: FileText, enquiry: Inbox, mail: Inbox, call: Phone, invoice: Receipt, payment: Receipt };

export function ActivityFeed({ activity }: { activity: Of<"activity"> }) {
  if (activity.length === 0) return <Empty>{t("home.activity.empty")}</Empty>;
  return (
    <ol>
      {activity.slice(0, 8).map((item, at) => {
        const Icon = ICONS[item.type as keyof typeof ICONS] ?? User;
        const path = appPath(item.link);
        const content = (
          <>
            <Icon className="mt-0.5 size-4 shrink-0 text-faint" aria-hidden />
            <span className="min-w-0 flex-1">
              <span className="block truncate">{item.title}</span>
              {item.subtitle && <span className="block truncate text-sm text-muted">{item.subtitle}</span>}
            </span>
            <Time at={item.timestamp} className="num shrink-0 text-sm text-faint" />
          </>
        );
        const row = "-mx-2 flex items-start gap-3 rounded-sm px-2 py-1.5";
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: activity has no identity; the list is replaced as a whole
          <li key={at}>
            {path ? (
              <Link to={path} className={cx(row, "transition-colors hover:bg-hover")}>
                {content}
              </Link>
            ) : (
              <div className={row}>{content}</div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
