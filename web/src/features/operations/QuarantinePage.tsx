import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { MailQuestionMark, SearchX, ShieldCheck } from "lucide-react";
import { useCallback } from "react";
import { Split } from "@/app/Split";
import type { Quarantined } from "@/shared/api/types";
import { t, word } from "@/shared/lib/text";
import { Badge } from "@/shared/ui/Badge";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { PagedList } from "@/shared/ui/PagedList";
import { SearchInput } from "@/shared/ui/SearchInput";
import { Notice } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { QuarantinePane } from "./QuarantinePane";
import { quarantineQuery } from "./queries";

const route = getRouteApi("/app/operator/quarantine");

function Row({ message, selected }: { message: Quarantined; selected: boolean }) {
  const quiet = selected ? "text-muted" : "text-faint";
  return (
    <Link
      to="/operator/quarantine"
      search={(known) => ({ ...known, id: message.id })}
      aria-current={selected ? "page" : undefined}
      className={cx(
        "block px-4 py-3 -outline-offset-2 transition-colors hover:bg-hover md:px-6",
        selected && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <span className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate font-semibold">{message.recipient}</span>
        <Time at={message.received_at} className={cx("num shrink-0 text-xs", quiet)} />
      </span>
      <span className="mt-0.5 block truncate">{message.subject || t("inbox.noSubject")}</span>
      <span className="mt-1.5 flex items-center justify-between gap-2">
        <span className={cx("min-w-0 truncate text-sm", quiet)}>{message.from || t("quarantine.noSender")}</span>
        <Badge tone="amber">{word("quarantine.reason", message.reason)}</Badge>
      </span>
    </Link>
  );
}

/** Mail for nobody we know: found, looked at, given to an agency or thrown away. */
export function QuarantinePage() {
  const { q, id } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(quarantineQuery(q));
  const messages = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = (next: string | undefined) => void navigate({ search: (known) => ({ ...known, id: next }) });
  const look = useCallback(
    (text: string) => void navigate({ search: (known) => ({ ...known, q: text || undefined }), replace: true }),
    [navigate],
  );
  const empty = q ? (
    <Notice icon={SearchX} title={t("quarantine.none")} text={t("quarantine.none.text")}>
      <Button onClick={() => look("")}>{t("action.clear")}</Button>
    </Notice>
  ) : (
    <Notice icon={ShieldCheck} title={t("quarantine.empty")} text={t("quarantine.empty.text")} />
  );
  return (
    <Split
      title={t("quarantine.title")}
      label={t("quarantine.list")}
      controls={
        <SearchInput
          value={q ?? ""}
          onChange={look}
          label={t("quarantine.search.label")}
          placeholder={t("quarantine.search")}
          className="w-72 max-sm:w-auto max-sm:flex-1"
        />
      }
      list={
        <PagedList query={query} items={messages} selected={id} onSelect={open} empty={empty}>
          {(message) => <Row message={message} selected={message.id === id} />}
        </PagedList>
      }
      detail={id ? <QuarantinePane key={id} id={id} onClose={() => open(undefined)} /> : null}
      invitation={<Notice icon={MailQuestionMark} title={t("quarantine.pick")} text={t("quarantine.pick.text")} />}
    />
  );
}
