import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { SearchX, Users } from "lucide-react";
import { useState } from "react";
import type { Client } from "@/shared/api/types";
import { t } from "@/shared/lib/text";
import { useCommands } from "@/shared/lib/useCommands";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { MoneyCell } from "@/shared/ui/Money";
import { Failure, Loading, Notice, Skeleton } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { clientsQuery } from "./queries";
import type { Stage } from "./search";
import { StageBadge } from "./stage";

const HEAD =
  "h-9 border-b border-line px-3 text-left text-sm font-medium whitespace-nowrap text-faint first:pl-4 last:pr-4 md:first:pl-6 md:last:pr-6";

function ClientLink({ client }: { client: Client }) {
  return (
    <Link
      to="/clients/$id"
      params={{ id: client.id }}
      search={(known) => known as object}
      state={{ sheet: true }}
      onClick={(event) => event.stopPropagation()}
      className="rounded-sm font-medium"
    >
      {client.name}
    </Link>
  );
}

function Row({ client, current, onOpen }: { client: Client; current: boolean; onOpen: () => void }) {
  return (
    <tr
      onClick={onOpen}
      aria-selected={current || undefined}
      className={cx(
        "h-12 cursor-pointer border-b border-line transition-colors hover:bg-hover",
        current && "bg-accent-soft shadow-[inset_2px_0_0_var(--accent-text)]",
      )}
    >
      <td className="px-3 pl-4 md:pl-6">
        <ClientLink client={client} />
      </td>
      <td className="max-w-60 truncate px-3 text-muted max-md:hidden">{client.emails[0] ?? client.phones[0]}</td>
      <td className="px-3">
        <StageBadge stage={client.stage} />
      </td>
      <td className="px-3 text-muted max-lg:hidden">{client.owner?.name}</td>
      <td className="px-3 text-right max-md:hidden">{client.trip && <MoneyCell money={client.trip.value} />}</td>
      <td className="px-3 pr-6 text-right whitespace-nowrap text-muted max-sm:hidden">
        {client.last_contact_at ? <Time at={client.last_contact_at} className="num" /> : t("clients.never")}
      </td>
    </tr>
  );
}

function ListSkeleton() {
  return (
    <Loading>
      {Array.from({ length: 10 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <div key={row} className="flex h-12 items-center gap-8 border-b border-line px-6">
          <Skeleton className="h-4 w-44" />
          <Skeleton className="h-4 flex-1" />
          <Skeleton className="h-5 w-20 rounded-full" />
        </div>
      ))}
    </Loading>
  );
}

/** Clients by name, with search and stage; j, k and enter work as in every list. */
export function ClientList({ q, stage }: { q?: string; stage?: Stage }) {
  const navigate = useNavigate();
  const [at, setAt] = useState(-1);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    clientsQuery({ q, stage }),
  );
  const clients = data?.pages.flatMap((page) => page.items) ?? [];
  const open = (client: Client) =>
    void navigate({
      to: "/clients/$id",
      params: { id: client.id },
      search: (known) => known as object,
      state: { sheet: true },
    });
  const current = clients[at];
  const group = t("shortcuts.list");
  const move = (step: number) => setAt((known) => Math.max(0, Math.min(known + step, clients.length - 1)));
  useCommands([
    { id: "list.next", label: t("shortcuts.next"), keys: "j", group, quiet: true, run: () => move(1) },
    { id: "list.previous", label: t("shortcuts.previous"), keys: "k", group, quiet: true, run: () => move(-1) },
    ...(current
      ? [{ id: "list.open", label: t("shortcuts.open"), keys: "enter", group, quiet: true, run: () => open(current) }]
      : []),
  ]);
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <ListSkeleton />;
  if (clients.length === 0) {
    const filtered = Boolean(q || stage);
    return (
      <Notice
        icon={filtered ? SearchX : Users}
        title={t(filtered ? "clients.none" : "clients.empty")}
        text={t(filtered ? "clients.none.text" : "clients.empty.text")}
      />
    );
  }
  return (
    <>
      <table className="w-full">
        <thead className="sticky top-26 z-10 bg-surface max-md:static">
          <tr>
            <th className={HEAD}>{t("clients.col.name")}</th>
            <th className={cx(HEAD, "max-md:hidden")}>{t("clients.col.contact")}</th>
            <th className={HEAD}>{t("clients.col.stage")}</th>
            <th className={cx(HEAD, "max-lg:hidden")}>{t("clients.col.owner")}</th>
            <th className={cx(HEAD, "pr-13 text-right max-md:hidden")}>{t("clients.col.value")}</th>
            <th className={cx(HEAD, "text-right max-sm:hidden")}>{t("clients.col.last")}</th>
          </tr>
        </thead>
        <tbody>
          {clients.map((client, index) => (
            <Row key={client.id} client={client} current={index === at} onOpen={() => open(client)} />
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <div className="p-6 text-center">
          <Button onClick={() => void fetchNextPage()} busy={isFetchingNextPage}>
            {t("action.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}
