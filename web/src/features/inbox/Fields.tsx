import { Link } from "@tanstack/react-router";
import { Info, Pencil, TextQuote, User } from "lucide-react";
import { useMemo, useState } from "react";
import type { Enquiry } from "@/shared/api/types";
import { fieldsIn } from "@/shared/lib/evidence";
import { t } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Correct } from "./Correct";
import { sourceOf } from "./Mail";
import { Missing } from "./Missing";
import { type TripRow, tripRows } from "./trip";

type Highlight = { active: string | null; onActive: (field: string | null) => void };

/** Why a person has to look, in the words of whoever decided so. */
function Reasons({ reasons }: { reasons: readonly string[] }) {
  return (
    <ul className="space-y-1 rounded-lg bg-sunken p-4">
      {reasons.map((reason) => (
        <li key={reason} className="flex gap-2">
          <Info className="mt-0.5 size-4 shrink-0 text-faint" aria-hidden />
          {reason}
        </li>
      ))}
    </ul>
  );
}

type RowProps = { row: TripRow; rule?: string; shown: boolean } & Highlight;

function FieldRow({ row, rule, shown, active, onActive }: RowProps) {
  const content = (
    <>
      <span className="w-24 shrink-0 text-sm text-muted">{row.label}</span>
      <span className="num min-w-0 flex-1 break-words">{row.value}</span>
      {shown && (
        <TextQuote
          className="mt-0.5 size-3.5 shrink-0 text-faint opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100"
          aria-hidden
        />
      )}
    </>
  );
  const look = "group -mx-2 flex w-[calc(100%+16px)] items-start gap-3 rounded-sm px-2 py-1.5 text-left";
  if (!shown) return <div className={look}>{content}</div>;
  return (
    <button
      type="button"
      title={rule ? t("inbox.rule", { rule }) : undefined}
      aria-label={`${row.label}: ${row.value}. ${t("inbox.showEvidence")}`}
      onMouseEnter={() => onActive(row.field)}
      onMouseLeave={() => onActive(null)}
      onFocus={() => onActive(row.field)}
      onBlur={() => onActive(null)}
      onClick={() => {
        onActive(row.field);
        requestAnimationFrame(() => document.querySelector("mark[data-lit]")?.scrollIntoView({ block: "center" }));
      }}
      className={cx(look, "transition-colors", active === row.field ? "bg-mark" : "hover:bg-hover")}
    >
      {content}
    </button>
  );
}

/** What was read: first what is missing, with the question that is asked; then each field, leading to its evidence. */
export function Fields({ enquiry, ...highlight }: { enquiry: Enquiry } & Highlight) {
  const shown = useMemo(() => {
    return fieldsIn(sourceOf(enquiry)?.text ?? enquiry.body_text, enquiry.evidence);
  }, [enquiry]);
  const rows = enquiry.trip_request ? tripRows(enquiry.trip_request) : [];
  const [correcting, setCorrecting] = useState<string | null>(null);
  const isCorrecting = correcting === enquiry.id;
  return (
    <div className="space-y-5 p-4 md:p-5">
      {enquiry.missing.length > 0 && <Missing enquiry={enquiry} />}
      {enquiry.reasons.length > 0 && <Reasons reasons={enquiry.reasons} />}
      <section aria-label={t("inbox.read")}>
        <div className="mb-1 flex items-center justify-between gap-2">
          <h3 className="text-sm text-faint">{t("inbox.read")}</h3>
          {!isCorrecting && (
            <Button size="sm" look="quiet" icon={<Pencil aria-hidden />} onClick={() => setCorrecting(enquiry.id)}>
              {t("inbox.correct")}
            </Button>
          )}
        </div>
        {isCorrecting ? (
          <Correct
            key={enquiry.updated_at}
            enquiry={enquiry}
            onActive={highlight.onActive}
            onClose={() => setCorrecting(null)}
          />
        ) : rows.length === 0 ? (
          <p className="py-2 text-muted">{t("inbox.nothingRead")}</p>
        ) : (
          rows.map((row) => (
            <FieldRow
              key={row.field}
              row={row}
              rule={enquiry.evidence[row.field]?.rule}
              shown={shown.has(row.field)}
              {...highlight}
            />
          ))
        )}
      </section>
      {enquiry.client_id && (
        <Link
          to="/clients/$id"
          params={{ id: enquiry.client_id }}
          className="inline-flex items-center gap-2 rounded-sm text-muted hover:text-ink hover:underline"
        >
          <User className="size-4" aria-hidden />
          {t("inbox.openClient")}
        </Link>
      )}
    </div>
  );
}
