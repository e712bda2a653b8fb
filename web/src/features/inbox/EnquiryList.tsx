import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Inbox } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Enquiry } from "@/shared/api/types";
import { t } from "@/shared/lib/text";
import { useCommands } from "@/shared/lib/useCommands";
import { Avatar } from "@/shared/ui/Avatar";
import { Button, buttonClass } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Failure, Loading, Notice, Skeleton } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { newestFirst } from "./pages";
import { enquiriesQuery } from "./queries";
import type { View } from "./search";
import { EnquiryBadge } from "./status";
import { tripLine } from "./trip";

function Row({ enquiry, selected, view }: { enquiry: Enquiry; selected: boolean; view: View }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (selected) link.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return (
    <li>
      <Link
        ref={link}
        to="/inbox/$id"
        params={{ id: enquiry.id }}
        search={view === "open" ? {} : { view }}
        aria-current={selected ? "page" : undefined}
        className={cx(
          "relative block border-b border-line px-4 py-3 -outline-offset-2 transition-colors hover:bg-hover",
          selected && "bg-accent-soft hover:bg-accent-soft",
        )}
      >
        <span className="flex items-baseline justify-between gap-3">
          <span className="truncate font-semibold">
            {enquiry.from_name || enquiry.from_email || t("inbox.unknownSender")}
          </span>
          <Time
            at={enquiry.received_at}
            className={cx("num shrink-0 text-xs", selected ? "text-muted" : "text-faint")}
          />
        </span>
        <span className="mt-0.5 block truncate">{enquiry.subject || t("inbox.noSubject")}</span>
        <span className="mt-1.5 flex items-center justify-between gap-2">
          <span className={cx("num min-w-0 truncate text-sm", selected ? "text-muted" : "text-faint")}>
            {tripLine(enquiry.trip_request) || enquiry.body_text.slice(0, 120)}
          </span>
          {enquiry.assignee_name && (
            <Avatar name={enquiry.assignee_name} className="ml-auto size-5 shrink-0 text-[9px]" />
          )}
          <EnquiryBadge status={enquiry.status} />
        </span>
      </Link>
    </li>
  );
}

function ListSkeleton() {
  return (
    <Loading>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div key={row} className="space-y-2 border-b border-line px-4 py-3">
          <Skeleton className="h-4 w-36" />
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-48" />
        </div>
      ))}
    </Loading>
  );
}

function Empty({ view }: { view: View }) {
  return (
    <Notice icon={Inbox} title={t(`inbox.empty.${view}`)} text={t(`inbox.empty.${view}.text`)}>
      {view !== "all" && (
        <Link to="/inbox" search={{ view: "all" }} className={buttonClass("secondary")}>
          {t("inbox.empty.showAll")}
        </Link>
      )}
    </Notice>
  );
}

/** Enquiries, newest first; j and k go through them. */
export function EnquiryList({ view }: { view: View }) {
  const navigate = useNavigate();
  const { id } = useParams({ strict: false });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    enquiriesQuery(view),
  );
  const enquiries = newestFirst(data?.pages ?? []);
  const at = enquiries.findIndex((enquiry) => enquiry.id === id);
  const go = (index: number) => {
    const next = enquiries[Math.max(0, Math.min(index, enquiries.length - 1))];
    if (next) void navigate({ to: "/inbox/$id", params: { id: next.id }, search: view === "open" ? {} : { view } });
  };
  const group = t("shortcuts.list");
  useCommands([
    { id: "list.next", label: t("shortcuts.next"), keys: "j", group, quiet: true, run: () => go(at + 1) },
    {
      id: "list.previous",
      label: t("shortcuts.previous"),
      keys: "k",
      group,
      quiet: true,
      run: () => go(at < 0 ? 0 : at - 1),
    },
  ]);
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <ListSkeleton />;
  if (enquiries.length === 0) return <Empty view={view} />;
  return (
    <>
      <ul>
        {enquiries.map((enquiry) => (
          <Row key={enquiry.id} enquiry={enquiry} selected={enquiry.id === id} view={view} />
        ))}
      </ul>
      {hasNextPage && (
        <div className="p-4 text-center">
          <Button onClick={() => void fetchNextPage()} busy={isFetchingNextPage}>
            {t("action.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}
