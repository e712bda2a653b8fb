import { useNavigate } from "@tanstack/react-router";
import { useTable } from "@tanstack/react-table";
import { Columns3 } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Quote } from "@/shared/api/types";
import { formatStay } from "@/shared/lib/dates";
import { t } from "@/shared/lib/text";
import { useRemembered } from "@/shared/lib/useRemembered";
import { useRowKeys } from "@/shared/lib/useRowKeys";
import { IconButton } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Menu, MenuCheck } from "@/shared/ui/Menu";
import { MoneyCell } from "@/shared/ui/Money";
import { Loading, Skeleton } from "@/shared/ui/States";
import { AT_RIGHT, columns, features, HIDDEN_AT_FIRST, headingOf } from "./columns";
import { headOption } from "./guests";
import { QuoteBadge } from "./status";

type Visibility = Record<string, boolean>;

/** Which columns are shown, as this browser remembers. */
export function useQuoteColumns(): [Visibility, (next: Visibility) => void] {
  return useRemembered<Visibility>("quotes.columns", HIDDEN_AT_FIRST);
}

export function ColumnMenu({ visibility, onChange }: { visibility: Visibility; onChange: (next: Visibility) => void }) {
  const optional = columns.map((column) => column.id ?? "").filter((id) => id !== "number" && id !== "customer");
  return (
    <Menu
      trigger={
        <IconButton label={t("quotes.columns")} className="max-md:hidden">
          <Columns3 aria-hidden />
        </IconButton>
      }
    >
      {optional.map((id) => (
        <MenuCheck key={id} checked={visibility[id] ?? true} onChange={(on) => onChange({ ...visibility, [id]: on })}>
          {headingOf(id)}
        </MenuCheck>
      ))}
    </Menu>
  );
}

type QuotesTableProps = { quotes: Quote[]; visibility: Visibility };

export function QuotesTable({ quotes, visibility }: QuotesTableProps) {
  const navigate = useNavigate();
  const open = (quote: Quote) =>
    void navigate({ to: "/quotes/$id", params: { id: quote.id }, search: (known) => known, state: { sheet: true } });
  const at = useRowKeys(quotes, open);
  const rows = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    rows.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const table = useTable({
    features,
    columns,
    data: quotes,
    getRowId: (quote) => quote.id,
    state: { columnVisibility: visibility },
  });
  return (
    <>
      <div className="max-md:hidden max-xl:overflow-x-auto">
        <table className="w-full">
          <thead className="z-10 bg-surface xl:sticky xl:top-26">
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => (
                  <th
                    key={header.id}
                    scope="col"
                    className={cx(
                      "h-9 border-b border-line px-2.5 text-left text-sm font-medium whitespace-nowrap text-faint first:pl-6 last:pr-6",
                      AT_RIGHT.has(header.column.id) && "pr-12.5 text-right",
                    )}
                  >
                    {headingOf(header.column.id)}
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody ref={rows}>
            {table.getRowModel().rows.map((row, index) => (
              <tr
                key={row.id}
                onClick={() => open(row.original)}
                aria-selected={index === at || undefined}
                className={cx(
                  "group h-11 cursor-pointer border-b border-line transition-colors hover:bg-hover",
                  index === at && "bg-accent-soft shadow-[inset_2px_0_0_var(--accent-text)] hover:bg-accent-soft",
                )}
              >
                {row.getVisibleCells().map((cell) => (
                  <td
                    key={cell.id}
                    className={cx("px-2.5 first:pl-6 last:pr-6", AT_RIGHT.has(cell.column.id) && "text-right")}
                  >
                    {cell.column.id === "customer" ? (
                      <button
                        type="button"
                        className="block rounded-sm text-left"
                        onClick={(event) => {
                          event.stopPropagation();
                          open(row.original);
                        }}
                      >
                        <table.FlexRender cell={cell} />
                      </button>
                    ) : (
                      <table.FlexRender cell={cell} />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <QuoteCards quotes={quotes} open={open} />
    </>
  );
}

/** The same rows on a phone: what matters, in two lines. */
function QuoteCards({ quotes, open }: { quotes: Quote[]; open: (quote: Quote) => void }) {
  return (
    <ul className="md:hidden">
      {quotes.map((quote) => {
        const total = headOption(quote)?.total;
        return (
          <li key={quote.id} className="border-b border-line">
            <button
              type="button"
              onClick={() => open(quote)}
              className="w-full px-4 py-3 text-left -outline-offset-2 active:bg-hover"
            >
              <span className="flex items-baseline justify-between gap-3">
                <span className="truncate font-medium">{quote.customer.name}</span>
                {total && <MoneyCell money={total} strong />}
              </span>
              <span className="mt-1 flex items-center justify-between gap-3">
                <span className="num min-w-0 truncate text-sm text-muted">
                  {quote.destination}, {formatStay(quote.check_in, quote.check_out)}
                </span>
                <QuoteBadge quote={quote} />
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

export function TableSkeleton() {
  return (
    <Loading>
      <div className="border-t border-line pt-9">
        {Array.from({ length: 12 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
          <div key={row} className="flex h-11 items-center gap-6 border-b border-line px-6">
            <Skeleton className="h-4 w-32" />
            <Skeleton className="h-4 w-40" />
            <Skeleton className="h-4 flex-1" />
            <Skeleton className="h-5 w-16 rounded-full" />
            <Skeleton className="h-4 w-24" />
          </div>
        ))}
      </div>
    </Loading>
  );
}
