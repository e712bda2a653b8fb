import { Link } from "@tanstack/react-router";
import { CircleCheckBig, Clock, FilePen, Inbox, RefreshCw } from "lucide-react";
import { type ReactNode, useState } from "react";
import { formatMoney } from "@/shared/lib/money";
import { t, word } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Loading, Skeleton } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { type Attention, type AttentionState, firstOf } from "./attention";

const ROW = "-mx-2 flex items-center gap-3 rounded-sm px-2 py-2 transition-colors hover:bg-hover";

type LineProps = { icon: ReactNode; title: string; about: string; note: string; noteTone: string; time: ReactNode };

function Line({ icon, title, about, note, noteTone, time }: LineProps) {
  return (
    <>
      <span className="flex size-7 shrink-0 items-center justify-center rounded-full bg-sunken text-muted [&_svg]:size-3.5">
        {icon}
      </span>
      <span className="min-w-0 flex-1 md:flex md:items-baseline md:gap-2">
        <span className="block truncate font-medium md:max-w-72 md:shrink-0">{title}</span>
        <span className="block truncate text-muted">{about}</span>
      </span>
      <span className={cx("shrink-0 text-sm", noteTone)}>{note}</span>
      <span className="num w-20 shrink-0 text-right whitespace-nowrap text-sm text-faint max-md:hidden">{time}</span>
    </>
  );
}

function QuoteLine({ item }: { item: Extract<Attention, { kind: "expiring" | "draft" }> }) {
  const { quote } = item;
  const total = quote.options[0]?.total;
  const expiring = item.kind === "expiring";
  const note = expiring
    ? t(item.days === 0 ? "home.attention.expiresToday" : "home.attention.expiresTomorrow")
    : t("home.attention.draft");
  return (
    <Link to="/quotes/$id" params={{ id: quote.id }} className={ROW}>
      <Line
        icon={expiring ? <Clock aria-hidden /> : <FilePen aria-hidden />}
        title={quote.customer.name}
        about={[quote.destination, total && formatMoney(total, { whole: true })].filter(Boolean).join(", ")}
        note={note}
        noteTone={expiring ? "text-amber font-medium" : "text-muted"}
        time={<Time at={quote.sent_at ?? quote.created_at} />}
      />
    </Link>
  );
}

function EnquiryLine({ item }: { item: Extract<Attention, { kind: "enquiry" }> }) {
  const { enquiry } = item;
  return (
    <Link to="/inbox/$id" params={{ id: enquiry.id }} className={ROW}>
      <Line
        icon={<Inbox aria-hidden />}
        title={enquiry.from_name ?? enquiry.from_email ?? t("inbox.unknownSender")}
        about={enquiry.subject || t("inbox.noSubject")}
        note={word("enquiry", enquiry.status)}
        noteTone={
          enquiry.status === "needs_review" || enquiry.status === "failed" ? "text-amber font-medium" : "text-muted"
        }
        time={<Time at={enquiry.received_at} />}
      />
    </Link>
  );
}

/** The work of the day, most pressing first. */
export function AttentionList({ state }: { state: AttentionState }) {
  const [whole, setWhole] = useState(false);
  const shown = whole ? state.items : firstOf(state.items);
  if (state.pending) {
    return (
      <Loading>
        {[0, 1, 2].map((row) => (
          <div key={row} className="flex items-center gap-3 py-2">
            <Skeleton className="size-7 rounded-full" />
            <Skeleton className="h-4 flex-1" />
          </div>
        ))}
      </Loading>
    );
  }
  const isWhole = !(state.enquiries.more || state.expiring.more || state.drafts.more);
  return (
    <>
      {state.failed && (
        <p role="alert" className="mb-2 flex items-center gap-3 text-sm text-amber">
          {t("home.attention.failed")}
          <Button size="sm" onClick={state.retry} icon={<RefreshCw aria-hidden />}>
            {t("action.retry")}
          </Button>
        </p>
      )}
      {state.items.length === 0 && !state.failed ? (
        <p className="flex items-center gap-2.5 py-2 text-muted">
          <CircleCheckBig className="size-4 text-green" aria-hidden />
          {t("home.attention.none")}
        </p>
      ) : (
        <ul>
          {shown.map((item) => (
            <li key={item.kind === "enquiry" ? item.enquiry.id : `${item.kind}-${item.quote.id}`}>
              {item.kind === "enquiry" ? <EnquiryLine item={item} /> : <QuoteLine item={item} />}
            </li>
          ))}
        </ul>
      )}
      {shown.length < state.items.length && (
        <Button look="quiet" size="sm" className="mt-1 -ml-2" onClick={() => setWhole(true)}>
          {t(isWhole ? "home.attention.more" : "home.attention.some", { count: state.items.length })}
        </Button>
      )}
    </>
  );
}
