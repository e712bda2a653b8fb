import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { Quote } from "@/shared/api/types";
import { formatDay, formatStay } from "@/shared/lib/dates";
import { t, tn } from "@/shared/lib/text";
import { cx } from "@/shared/ui/cx";
import { Segmented } from "@/shared/ui/Segmented";
import { Failure, Loading, Skeleton } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { QuoteActions } from "./actions";
import { guestsOf } from "./guests";
import { CoverText, NearestNote } from "./Opening";
import { Options } from "./Options";
import { Pdf } from "./Pdf";
import { quoteQuery } from "./queries";
import { QuoteBadge } from "./status";

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-faint">{label}</dt>
      <dd className="num mt-0.5 break-words">{children}</dd>
    </div>
  );
}

function CustomerFact({ quote }: { quote: Quote }) {
  const { customer, client_id: clientId } = quote;
  return (
    <Fact label={t("quote.customer")}>
      {clientId ? (
        <Link to="/clients/$id" params={{ id: clientId }} className="rounded-sm font-medium hover:underline">
          {customer.name}
        </Link>
      ) : (
        <span className="font-medium">{customer.name}</span>
      )}
      {customer.email && <span className="block text-sm text-muted">{customer.email}</span>}
      {customer.phone && <span className="block text-sm text-muted">{customer.phone}</span>}
    </Fact>
  );
}

function Facts({ quote }: { quote: Quote }) {
  const moments = [
    ["quote.created", quote.created_at],
    ["quote.sentAt", quote.sent_at],
    ["quote.viewedAt", quote.viewed_at],
    ["quote.acceptedAt", quote.accepted_at],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3">
      <CustomerFact quote={quote} />
      <Fact label={t("quote.dates")}>
        {formatStay(quote.check_in, quote.check_out)}
        <span className="block text-sm text-muted">{tn("count.nights", quote.nights)}</span>
      </Fact>
      <Fact label={t("quote.guests")}>{guestsOf(quote.guests)}</Fact>
      {quote.valid_until && <Fact label={t("quote.valid")}>{formatDay(quote.valid_until)}</Fact>}
      {quote.consultant && <Fact label={t("quote.consultant")}>{quote.consultant.name}</Fact>}
      {moments.map(
        ([label, at]) =>
          at && (
            <Fact key={label} label={t(label)}>
              <Time at={at} />
            </Fact>
          ),
      )}
    </dl>
  );
}

function ViewSkeleton() {
  return (
    <Loading>
      <div className="space-y-6 p-6">
        <Skeleton className="h-7 w-72" />
        <Skeleton className="h-20 w-full" />
        <div className="grid grid-cols-3 gap-3">
          <Skeleton className="h-56" />
          <Skeleton className="h-56" />
          <Skeleton className="h-56" />
        </div>
      </div>
    </Loading>
  );
}

type QuoteViewProps = {
  id: string;
  /** The way out: back to a list, or closing a sheet. */
  leading: ReactNode;
};

/** One quote: what is offered at the left, the document that the customer gets at the right. */
export function QuoteView({ id, leading }: QuoteViewProps) {
  const { data: quote, error, refetch } = useQuery(quoteQuery(id));
  const [pane, setPane] = useState<"quote" | "pdf">("quote");
  const bar =
    "sticky top-0 z-10 flex min-h-13 shrink-0 items-center gap-3 border-b border-line bg-surface px-4 py-2 md:px-6";
  if (!quote) {
    return (
      <>
        <header className={bar}>
          {leading}
          <h1 className="sr-only">{t("quote.tab.quote")}</h1>
        </header>
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : <ViewSkeleton />}
      </>
    );
  }
  return (
    <>
      <header className={cx(bar, "flex-wrap")}>
        {leading}
        <h1 className="num min-w-0 truncate text-lg">{quote.number}</h1>
        {quote.version > 1 && (
          <span className="text-sm text-faint">{t("quotes.version", { version: quote.version })}</span>
        )}
        <QuoteBadge quote={quote} />
        <div className="ml-auto flex items-center gap-2">
          <QuoteActions quote={quote} />
        </div>
      </header>
      <Segmented
        label={t("quote.pdf")}
        value={pane}
        onChange={setPane}
        options={[
          { value: "quote", label: t("quote.tab.quote") },
          { value: "pdf", label: t("quote.tab.pdf") },
        ]}
        className="mx-4 mt-3 lg:hidden [&>*]:flex-1 [&>*]:justify-center"
      />
      <div className="scroll-quiet flex min-h-0 flex-1 overflow-y-auto lg:overflow-hidden">
        <div
          className={cx(
            "scroll-quiet min-w-0 flex-1 px-4 py-6 md:px-6 lg:overflow-y-auto",
            pane === "pdf" && "max-lg:hidden",
          )}
        >
          <h2 className="mb-5 text-xl tracking-tight text-balance">{quote.destination}</h2>
          <div className="mb-8">
            <Facts quote={quote} />
          </div>
          <NearestNote quote={quote} />
          <CoverText key={quote.id} quote={quote} />
          <Options key={`${quote.id} ${quote.version}`} quote={quote} />
        </div>
        <section
          aria-label={t("quote.pdf")}
          className={cx(
            "w-full shrink-0 border-line bg-canvas p-4 lg:w-[44%] lg:border-l",
            pane === "quote" && "max-lg:hidden",
          )}
        >
          <Pdf quote={quote} />
        </section>
      </div>
    </>
  );
}
