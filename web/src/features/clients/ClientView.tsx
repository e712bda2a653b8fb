import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { headOption } from "@/features/quotes/guests";
import { quotesQuery } from "@/features/quotes/queries";
import { QuoteBadge } from "@/features/quotes/status";
import type { Client } from "@/shared/api/types";
import { dayOf, formatDay, formatInstant, formatStay } from "@/shared/lib/dates";
import { t, word } from "@/shared/lib/text";
import { Avatar } from "@/shared/ui/Avatar";
import { buttonClass } from "@/shared/ui/Button";
import { Menu, MenuChoice } from "@/shared/ui/Menu";
import { MoneyCell, MoneyStack } from "@/shared/ui/Money";
import { Failure, Loading, Skeleton } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { useMove } from "./move";
import { clientQuery } from "./queries";
import { STAGES } from "./search";
import { Timeline } from "./Timeline";

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-faint">{label}</dt>
      <dd className="num mt-0.5 break-words">{children}</dd>
    </div>
  );
}

function Details({ client }: { client: Client }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4">
      {client.emails.length > 0 && (
        <Fact label={t("client.email")}>
          {client.emails.map((email) => (
            <a key={email} href={`mailto:${email}`} className="block rounded-sm hover:underline">
              {email}
            </a>
          ))}
        </Fact>
      )}
      {client.phones.length > 0 && (
        <Fact label={t("client.phone")}>
          {client.phones.map((phone) => (
            <a key={phone} href={`tel:${phone}`} className="block rounded-sm hover:underline">
              {phone}
            </a>
          ))}
        </Fact>
      )}
      <Fact label={t("client.owner")}>
        {client.owner?.name ?? <span className="text-faint">{t("client.noOwner")}</span>}
      </Fact>
      <Fact label={t("client.lastContact")}>
        {client.last_contact_at ? <Time at={client.last_contact_at} /> : t("clients.never")}
      </Fact>
      {client.totals.quoted.length > 0 && (
        <Fact label={t("client.value")}>
          <MoneyStack list={client.totals.quoted} whole />
        </Fact>
      )}
      {client.totals.outstanding.length > 0 && (
        <Fact label={t("client.outstanding")}>
          <MoneyStack list={client.totals.outstanding} whole />
        </Fact>
      )}
      <Fact label={t("client.since")}>
        <time dateTime={client.created_at} title={formatInstant(client.created_at)}>
          {formatDay(dayOf(client.created_at))}
        </time>
      </Fact>
      {client.tags.length > 0 && (
        <Fact label={t("client.tags")}>
          <span className="flex flex-wrap gap-1">
            {client.tags.map((tag) => (
              <span key={tag} className="rounded-full bg-sunken px-2 py-0.5 text-xs text-muted">
                {tag}
              </span>
            ))}
          </span>
        </Fact>
      )}
    </dl>
  );
}

function ClientQuotes({ id }: { id: string }) {
  const { data, error, refetch } = useInfiniteQuery(quotesQuery({ client_id: id }));
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} compact />;
  if (!data) return <Skeleton className="h-16 w-full" />;
  const quotes = data.pages.flatMap((page) => page.items);
  if (quotes.length === 0) return <p className="text-muted">{t("client.quotes.empty")}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {quotes.map((quote) => {
        const total = headOption(quote)?.total;
        return (
          <li key={quote.id}>
            <Link
              to="/quotes/$id"
              params={{ id: quote.id }}
              className="-mx-2 flex items-center gap-3 rounded-sm px-2 py-2.5 transition-colors hover:bg-hover"
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{quote.destination}</span>
                <span className="num block truncate text-sm text-muted">
                  {formatStay(quote.check_in, quote.check_out)}
                </span>
              </span>
              <QuoteBadge quote={quote} />
              {total && <MoneyCell money={total} />}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function StageMenu({ client }: { client: Client }) {
  const move = useMove();
  return (
    <Menu
      trigger={
        <button type="button" className={buttonClass("secondary")} disabled={move.isPending}>
          {word("stage", client.stage)}
          <ChevronDown aria-hidden />
        </button>
      }
    >
      <MenuChoice
        label={t("clients.move")}
        value={client.stage as string}
        onChange={(next) => {
          const stage = STAGES.find((known) => known === next);
          if (stage && stage !== client.stage) move.mutate({ client, stage });
        }}
        options={STAGES.map((stage) => ({ value: stage as string, label: word("stage", stage) }))}
      />
    </Menu>
  );
}

const BAR =
  "sticky top-0 z-10 flex min-h-13 shrink-0 items-center gap-3 border-b border-line bg-surface px-4 py-2 md:px-6";

/** One client: who they are, their quotes, and what happened. */
export function ClientView({ id, leading }: { id: string; leading: ReactNode }) {
  const { data: client, error, refetch } = useQuery(clientQuery(id));
  if (!client) {
    return (
      <>
        <header className={BAR}>
          {leading}
          <h1 className="sr-only">{t("client.details")}</h1>
        </header>
        {error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading>
            <div className="space-y-6 p-6">
              <Skeleton className="h-8 w-64" />
              <Skeleton className="h-32 w-full" />
              <Skeleton className="h-48 w-full" />
            </div>
          </Loading>
        )}
      </>
    );
  }
  return (
    <>
      <header className={BAR}>
        {leading}
        <Avatar name={client.name} />
        <h1 className="min-w-0 flex-1 truncate text-lg">{client.name}</h1>
        <StageMenu client={client} />
      </header>
      <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid w-full max-w-[1280px] gap-x-12 gap-y-8 px-4 py-6 md:px-6 lg:grid-cols-2">
          <div className="space-y-8">
            <section aria-label={t("client.details")}>
              <Details client={client} />
            </section>
            <section aria-labelledby="client-quotes">
              <h2 id="client-quotes" className="mb-3 text-base">
                {t("client.quotes")}
              </h2>
              <ClientQuotes id={id} />
            </section>
          </div>
          <section aria-labelledby="client-timeline">
            <h2 id="client-timeline" className="mb-4 text-base">
              {t("client.timeline")}
            </h2>
            <Timeline id={id} />
          </section>
        </div>
      </div>
    </>
  );
}
