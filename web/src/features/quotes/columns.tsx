import { columnVisibilityFeature, createColumnHelper, tableFeatures } from "@tanstack/react-table";
import type { Quote } from "@/shared/api/types";
import { formatDay, formatStay } from "@/shared/lib/dates";
import { type MessageKey, t, tn } from "@/shared/lib/text";
import { MoneyCell } from "@/shared/ui/Money";
import { Time } from "@/shared/ui/Time";
import { guestsOf, headOption } from "./guests";
import { QuoteBadge } from "./status";

export const features = tableFeatures({ columnVisibilityFeature });

const column = createColumnHelper<typeof features, Quote>();

/** Columns whose cells stand at the right, header included. */
export const AT_RIGHT: ReadonlySet<string> = new Set(["total"]);

/** Columns hidden until somebody chooses them. */
export const HIDDEN_AT_FIRST = { guests: false, consultant: false };

/** The column's heading. */
export function headingOf(id: string): string {
  return t(`quotes.col.${id}` as MessageKey);
}

function Guests({ quote }: { quote: Quote }) {
  return (
    <span className="whitespace-nowrap" title={guestsOf(quote.guests)}>
      {tn("count.guests", quote.guests.adults + quote.guests.children_ages.length)}
    </span>
  );
}

function Total({ quote }: { quote: Quote }) {
  const option = headOption(quote);
  return option ? <MoneyCell money={option.total} strong /> : null;
}

export const columns = column.columns([
  column.display({
    id: "number",
    cell: ({ row }) => (
      <span className="num whitespace-nowrap text-muted">
        {row.original.number}
        {row.original.version > 1 && (
          <span className="ml-1.5 text-xs text-faint" title={t("quotes.version", { version: row.original.version })}>
            v{row.original.version}
          </span>
        )}
      </span>
    ),
  }),
  column.display({
    id: "customer",
    cell: ({ row }) => <span className="block max-w-48 truncate font-medium">{row.original.customer.name}</span>,
  }),
  column.display({
    id: "destination",
    cell: ({ row }) => <span className="block max-w-40 truncate">{row.original.destination}</span>,
  }),
  column.display({
    id: "stay",
    cell: ({ row }) => (
      <span className="num whitespace-nowrap" title={formatStay(row.original.check_in, row.original.check_out)}>
        {formatDay(row.original.check_in)}
        <span className="text-faint">, {tn("count.nights", row.original.nights)}</span>
      </span>
    ),
  }),
  column.display({ id: "guests", cell: ({ row }) => <Guests quote={row.original} /> }),
  column.display({ id: "status", cell: ({ row }) => <QuoteBadge quote={row.original} /> }),
  column.display({ id: "total", cell: ({ row }) => <Total quote={row.original} /> }),
  column.display({
    id: "valid",
    cell: ({ row }) => (
      <span className="num whitespace-nowrap text-muted">
        {row.original.valid_until ? formatDay(row.original.valid_until) : ""}
      </span>
    ),
  }),
  column.display({
    id: "created",
    cell: ({ row }) => <Time at={row.original.created_at} className="num whitespace-nowrap text-muted" />,
  }),
  column.display({
    id: "consultant",
    cell: ({ row }) => <span className="whitespace-nowrap text-muted">{row.original.consultant?.name}</span>,
  }),
]);
