import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { cx } from "@/shared/ui/cx";

export type BarRow = {
  key: string;
  label: string;
  /** Length of the bar against the longest; only drawn, never shown. */
  weight: number;
  figure: string;
  note?: ReactNode;
  tone?: "accent" | "amber" | "red" | "muted";
  link?: Pick<LinkProps, "to" | "search">;
};

const FILLS = { accent: "bg-accent", amber: "bg-amber-fill", red: "bg-red-fill", muted: "bg-line-strong" };

function Row({ row, longest }: { row: BarRow; longest: number }) {
  const share = longest > 0 ? Math.max(row.weight / longest, row.weight > 0 ? 0.012 : 0) : 0;
  return (
    <>
      <span className="flex items-baseline justify-between gap-3">
        <span className="truncate">{row.label}</span>
        <span className="num flex shrink-0 items-baseline gap-2">
          {row.note && <span className="text-sm text-faint">{row.note}</span>}
          <span className="font-medium">{row.figure}</span>
        </span>
      </span>
      <span className="mt-1.5 block h-1.5 rounded-full bg-sunken" aria-hidden>
        <span
          className={cx("block h-full rounded-full", FILLS[row.tone ?? "accent"])}
          style={{ width: `${(share * 100).toFixed(2)}%` }}
        />
      </span>
    </>
  );
}

/** Horizontal bars from zero with their labels and figures written on them; each leads to its list. */
export function Bars({ rows }: { rows: readonly BarRow[] }) {
  const longest = Math.max(...rows.map((row) => row.weight), 0);
  return (
    <ul className="space-y-1">
      {rows.map((row) => (
        <li key={row.key}>
          {row.link ? (
            <Link {...row.link} className="-mx-2 block rounded-sm px-2 py-1.5 transition-colors hover:bg-hover">
              <Row row={row} longest={longest} />
            </Link>
          ) : (
            <div className="py-1.5">
              <Row row={row} longest={longest} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
