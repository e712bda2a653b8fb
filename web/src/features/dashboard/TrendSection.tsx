import { useNavigate } from "@tanstack/react-router";
import { ChartColumn, Table2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { Dashboard } from "@/shared/api/types";
import { formatDay } from "@/shared/lib/dates";
import { currenciesOf } from "@/shared/lib/money";
import { formatCount } from "@/shared/lib/numbers";
import { t } from "@/shared/lib/text";
import { useCommands } from "@/shared/lib/useCommands";
import { IconButton } from "@/shared/ui/Button";
import { MoneyStack } from "@/shared/ui/Money";
import { Segmented } from "@/shared/ui/Segmented";
import { Skeleton } from "@/shared/ui/States";
import { Section } from "./Section";
import type { Measure } from "./TrendChart";
import { type Bar, barsOf, grainOf } from "./trend";

const TrendChart = lazy(() => import("./TrendChart"));

type TrendSectionProps = {
  quotes: Dashboard["quotes"];
  failure?: { code: string; detail: string };
  onRetry: () => void;
  className?: string;
};

function TrendTable({ bars }: { bars: readonly Bar[] }) {
  return (
    <section className="scroll-quiet h-55 overflow-y-auto" tabIndex={0} aria-label={t("home.trend.asTable")}>
      <table className="num w-full">
        <thead className="sticky top-0 bg-surface text-left text-sm text-faint">
          <tr>
            <th className="py-1 font-medium">{t("home.trend.date")}</th>
            <th className="py-1 text-right font-medium">{t("home.table.count")}</th>
            <th className="py-1 text-right font-medium">{t("home.table.value")}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {bars.map((bar) => (
            <tr key={bar.from}>
              <td className="py-1.5">
                {bar.from === bar.to ? formatDay(bar.from) : `${formatDay(bar.from)} – ${formatDay(bar.to)}`}
              </td>
              <td className="py-1.5 text-right">{formatCount(bar.count)}</td>
              <td className="py-1.5 text-right">
                <MoneyStack list={bar.value} whole className="items-end" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Quotes over the period: by count, or by value in one currency at a time; the table behind is one key away. */
export function TrendSection({ quotes, failure, onRetry, className }: TrendSectionProps) {
  const navigate = useNavigate();
  const [chosen, setChosen] = useState("count");
  const [asTable, setAsTable] = useState(false);
  const currencies = currenciesOf(quotes?.trend.map((point) => point.value) ?? []);
  const currency = currencies.find((known) => known === chosen);
  const measure: Measure = currency ? { kind: "value", currency } : { kind: "count" };
  const bars = barsOf(quotes?.trend ?? []);
  const toggle = () => setAsTable(!asTable);
  useCommands([
    {
      id: "home.table",
      label: t(asTable ? "action.showChart" : "action.showTable"),
      keys: "t",
      group: t("home.title"),
      run: toggle,
    },
  ]);
  const open = (bar: Bar) => void navigate({ to: "/quotes", search: { from: bar.from, to: bar.to } });
  const action = (
    <div className="flex items-center gap-1">
      {currencies.length > 0 && !asTable && (
        <Segmented
          label={t("home.trend.measure")}
          value={currency ?? "count"}
          onChange={setChosen}
          options={[
            { value: "count", label: t("home.trend.count") },
            ...currencies.map((code) => ({ value: code, label: code })),
          ]}
        />
      )}
      <IconButton label={t(asTable ? "action.showChart" : "action.showTable")} onClick={toggle} aria-pressed={asTable}>
        {asTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
      </IconButton>
    </div>
  );
  return (
    <Section
      title={t(`home.trend.${grainOf(quotes?.trend ?? [])}`)}
      action={action}
      failure={failure}
      onRetry={onRetry}
      className={className}
    >
      {bars.every((bar) => bar.count === 0) ? (
        <p className="flex h-55 items-center justify-center rounded-lg bg-canvas text-muted">{t("home.trend.empty")}</p>
      ) : asTable ? (
        <TrendTable bars={bars} />
      ) : (
        <Suspense fallback={<Skeleton className="h-55 w-full" />}>
          <TrendChart bars={bars} measure={measure} onOpen={open} />
        </Suspense>
      )}
    </Section>
  );
}
