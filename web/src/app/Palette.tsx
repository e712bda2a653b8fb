import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Command as Base } from "cmdk";
import { CornerDownLeft, FileText, Search, User } from "lucide-react";
import { type ReactNode, useDeferredValue, useState } from "react";
import { useUser } from "@/features/auth/branding";
import { clientsSearchQuery } from "@/features/clients/queries";
import { quotesSearchQuery } from "@/features/quotes/queries";
import type { Client, Quote } from "@/shared/api/types";
import type { Command } from "@/shared/lib/keys";
import { t } from "@/shared/lib/text";
import { useActiveCommands } from "@/shared/lib/useCommands";
import { BareDialog } from "@/shared/ui/Dialog";
import { Kbd } from "@/shared/ui/Kbd";
import { isOperator } from "./entries";

const GROUP =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint";

type ItemProps = { value: string; onSelect: () => void; icon: ReactNode; children: ReactNode; after?: ReactNode };

function Item({ value, onSelect, icon, children, after }: ItemProps) {
  return (
    <Base.Item
      value={value}
      onSelect={onSelect}
      className="mx-1 flex h-9 items-center gap-2.5 rounded-sm px-2 data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:text-faint"
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {after}
    </Base.Item>
  );
}

/** Commands whose words begin with what was typed, in their groups. */
function groupsOf(commands: readonly Command[], query: string): [string, Command[]][] {
  const typed = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ label, quiet }: Command) => {
    const words = label.toLowerCase().split(/\s+/);
    return !quiet && typed.every((part) => words.some((known) => known.startsWith(part)));
  };
  const groups = new Map<string, Command[]>();
  for (const command of commands.filter(fits)) {
    groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  }
  return [...groups];
}

const SEARCH_FROM = 2;

/** Quotes and clients that fit the text; none before it is long enough to mean something. */
function useRecords(query: string, searchable: boolean): { quotes: Quote[]; clients: Client[]; pending: boolean } {
  const text = searchable && query.length >= SEARCH_FROM ? query : "";
  const quotes = useQuery({ ...quotesSearchQuery(text), placeholderData: keepPreviousData });
  const clients = useQuery({ ...clientsSearchQuery(text), placeholderData: keepPreviousData });
  if (text === "") return { quotes: [], clients: [], pending: false };
  return {
    quotes: quotes.data?.items ?? [],
    clients: clients.data?.items ?? [],
    pending: quotes.isFetching || clients.isFetching,
  };
}

type RecordsProps = { quotes: Quote[]; clients: Client[]; go: (run: () => void) => void };

function Records({ quotes, clients, go }: RecordsProps) {
  const navigate = useNavigate();
  return (
    <>
      {quotes.length > 0 && (
        <Base.Group heading={t("palette.quotes")} className={GROUP}>
          {quotes.map((quote) => (
            <Item
              key={quote.id}
              value={quote.id}
              icon={<FileText aria-hidden />}
              onSelect={() => go(() => void navigate({ to: "/quotes/$id", params: { id: quote.id } }))}
              after={<span className="num text-sm text-faint">{quote.number}</span>}
            >
              {quote.customer.name} · {quote.destination}
            </Item>
          ))}
        </Base.Group>
      )}
      {clients.length > 0 && (
        <Base.Group heading={t("palette.clients")} className={GROUP}>
          {clients.map((client) => (
            <Item
              key={client.id}
              value={client.id}
              icon={<User aria-hidden />}
              onSelect={() => go(() => void navigate({ to: "/clients/$id", params: { id: client.id } }))}
              after={<span className="truncate text-sm text-faint">{client.emails[0]}</span>}
            >
              {client.name}
            </Item>
          ))}
        </Base.Group>
      )}
    </>
  );
}

/** Everything by typing: pages, actions of this page with their shortcuts, quotes and clients. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState("");
  const searched = useDeferredValue(query.trim());
  const operator = isOperator(useUser());
  const records = useRecords(searched, !operator);
  const groups = groupsOf(useActiveCommands(), query);
  const found = groups.length + records.quotes.length + records.clients.length;
  const nothing = found === 0 && !records.pending;
  const go = (run: () => void) => {
    onClose();
    run();
  };
  return (
    <BareDialog open onClose={onClose} title={t("palette.title")} className="max-w-xl">
      <Base label={t("palette.title")} shouldFilter={false} loop>
        <div className="flex items-center gap-2.5 border-b border-line px-4">
          <Search className="size-4 text-faint" aria-hidden />
          <Base.Input
            value={query}
            onValueChange={setQuery}
            placeholder={t(operator ? "palette.placeholder.operator" : "palette.placeholder")}
            className="h-12 flex-1 bg-transparent text-lg outline-none"
          />
        </div>
        <Base.List className="scroll-quiet max-h-[52vh] scroll-py-2 overflow-y-auto pb-2">
          {nothing && (
            <Base.Item disabled value="nothing" className="px-4 py-8 text-center text-muted">
              {t("palette.empty", { query })}
            </Base.Item>
          )}
          {groups.map(([group, commands]) => (
            <Base.Group key={group} heading={group} className={GROUP}>
              {commands.map((command) => (
                <Item
                  key={command.id}
                  value={command.id}
                  icon={<CornerDownLeft aria-hidden />}
                  onSelect={() => go(command.run)}
                  after={command.keys && <Kbd keys={command.keys} />}
                >
                  {command.label}
                </Item>
              ))}
            </Base.Group>
          ))}
          <Records quotes={records.quotes} clients={records.clients} go={go} />
        </Base.List>
      </Base>
    </BareDialog>
  );
}
