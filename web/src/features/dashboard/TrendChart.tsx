import {
  Bar,
  BarChart,
  CartesianGrid,
  type MouseHandlerDataParam,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatDay } from "@/shared/lib/dates";
import { drawingValue, formatMoney, inCurrency } from "@/shared/lib/money";
import { formatCount } from "@/shared/lib/numbers";
import { tn } from "@/shared/lib/text";
import type { Bar as BarData } from "./trend";

export type Measure = { kind: "count" } | { kind: "value"; currency: string };

type TrendChartProps = { bars: readonly BarData[]; measure: Measure; onOpen: (bar: BarData) => void };

function figureOf(bar: BarData, measure: Measure): string {
  if (measure.kind === "count") return tn("home.trend.quotes", bar.count, { count: formatCount(bar.count) });
  const money = inCurrency(bar.value, measure.currency) ?? { amount: "0", currency: measure.currency };
  return formatMoney(money, { whole: true });
}

function dayOf(bar: BarData): string {
  return bar.from === bar.to ? formatDay(bar.from) : `${formatDay(bar.from)} – ${formatDay(bar.to)}`;
}

const AXIS = { fontSize: 12, fill: "var(--faint)", fontVariantNumeric: "tabular-nums" } as const;

function compact(value: number): string {
  return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

/** One bar a day (week, month); pressing one opens the quotes behind it. Loaded when it is first drawn. */
export default function TrendChart({ bars, measure, onOpen }: TrendChartProps) {
  const data = bars.map((bar) => ({
    bar,
    label: formatDay(bar.from),
    value: measure.kind === "count" ? bar.count : drawingValue(inCurrency(bar.value, measure.currency)),
  }));
  const open = (state: MouseHandlerDataParam) => {
    const entry = data[Number(state.activeTooltipIndex)];
    if (entry && entry.bar.count > 0) onOpen(entry.bar);
  };
  return (
    <ResponsiveContainer width="100%" height={220}>
      <BarChart data={data} margin={{ top: 8, right: 0, bottom: 0, left: 0 }} onClick={open} barCategoryGap="22%">
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="label" tick={AXIS} tickLine={false} axisLine={false} minTickGap={28} tickMargin={8} />
        <YAxis tick={AXIS} tickLine={false} axisLine={false} width={36} allowDecimals={false} tickFormatter={compact} />
        <Tooltip
          cursor={{ fill: "var(--hover)" }}
          isAnimationActive={false}
          content={({ active, payload }) => {
            const entry = payload?.[0]?.payload as (typeof data)[number] | undefined;
            if (!active || !entry) return null;
            return (
              <div className="num rounded-sm bg-surface px-2.5 py-1.5 text-sm shadow-float">
                <p className="text-faint">{dayOf(entry.bar)}</p>
                <p className="font-medium">{figureOf(entry.bar, measure)}</p>
              </div>
            );
          }}
        />
        <Bar
          dataKey="value"
          fill="var(--accent)"
          radius={[3, 3, 0, 0]}
          maxBarSize={28}
          isAnimationActive={false}
          className="cursor-pointer"
        />
      </BarChart>
    </ResponsiveContainer>
  );
}
