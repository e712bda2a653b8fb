import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Download, MailOpen, MailX, Send, Server } from "lucide-react";
import { Pane, Split } from "@/app/Split";
import { problemOf } from "@/shared/api/problem";
import type { OutboxMail } from "@/shared/api/types";
import { formatInstant } from "@/shared/lib/dates";
import { t } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Facts, Files, MailText } from "@/shared/ui/Facts";
import { PagedList } from "@/shared/ui/PagedList";
import { Loading, Notice, Skeleton } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { download } from "./actions";
import { outboxQuery } from "./queries";

const route = getRouteApi("/app/operator/outbox");

function Row({ mail, selected }: { mail: OutboxMail; selected: boolean }) {
  const quiet = selected ? "text-muted" : "text-faint";
  return (
    <Link
      to="/operator/outbox"
      search={{ id: mail.id }}
      aria-current={selected ? "page" : undefined}
      className={cx(
        "block px-4 py-3 -outline-offset-2 transition-colors hover:bg-hover md:px-6",
        selected && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <span className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate font-semibold">{mail.to}</span>
        <Time at={mail.sent_at} className={cx("num shrink-0 text-xs", quiet)} />
      </span>
      <span className="mt-0.5 block truncate">{mail.subject || t("inbox.noSubject")}</span>
      <span className={cx("mt-1 block truncate text-sm", quiet)}>{mail.tenant_id}</span>
    </Link>
  );
}

function OutboxPane({ mail, onClose }: { mail: OutboxMail; onClose: () => void }) {
  const path = `/api/v1/operator/outbox/${encodeURIComponent(mail.id)}/raw`;
  return (
    <Pane
      title={mail.subject || t("inbox.noSubject")}
      onClose={onClose}
      actions={
        <Button icon={<Download aria-hidden />} onClick={() => void download(path, `${mail.id}.eml`)}>
          {t("outbox.download")}
        </Button>
      }
    >
      <Facts
        rows={[
          [t("outbox.agency"), mail.tenant_id],
          [t("outbox.to"), mail.to],
          [t("outbox.from"), mail.from],
          [t("outbox.sentAt"), formatInstant(mail.sent_at)],
        ]}
      />
      <Files title={t("inbox.attachments")} files={mail.attachments} />
      <MailText>{mail.text}</MailText>
    </Pane>
  );
}

/** What an installation without a mail server has sent. */
export function OutboxPage() {
  const { id } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(outboxQuery);
  const mails = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = (next: string | undefined) => void navigate({ search: { id: next } });
  const mail = mails.find((known) => known.id === id);
  const external = query.error !== null && !query.data && problemOf(query.error).status === 404;
  const absent = query.data ? (
    <Notice icon={MailX} title={t("outbox.notLoaded")} text={t("outbox.notLoaded.text")}>
      <Button onClick={() => open(undefined)}>{t("action.back")}</Button>
    </Notice>
  ) : (
    <Loading>
      <Skeleton className="m-6 h-40" />
    </Loading>
  );
  return (
    <Split
      title={t("outbox.title")}
      label={t("outbox.list")}
      list={
        external ? (
          <Notice icon={Server} title={t("outbox.external")} text={t("outbox.external.text")} />
        ) : (
          <PagedList
            query={query}
            items={mails}
            selected={id}
            onSelect={open}
            empty={<Notice icon={Send} title={t("outbox.empty")} text={t("outbox.empty.text")} />}
          >
            {(one) => <Row mail={one} selected={one.id === id} />}
          </PagedList>
        )
      }
      detail={!id || external ? null : mail ? <OutboxPane mail={mail} onClose={() => open(undefined)} /> : absent}
      invitation={<Notice icon={MailOpen} title={t("outbox.pick")} text={t("outbox.pick.text")} />}
    />
  );
}
