import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRightLeft, FileText, Inbox, Mail, NotebookPen, Phone, Receipt, User } from "lucide-react";
import type { TimelineItem } from "@/shared/api/types";
import { appPath } from "@/shared/lib/appPath";
import { t } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { Failure, Loading, Skeleton } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { timelineQuery } from "./queries";

const ICONS: Record<string, typeof User> = {
  enquiry: Inbox,
  mail: Mail,
  quote: FileText,
  call: Phone,
  invoice: Receipt,
  payment: Receipt,
  stage: ArrowRightLeft,
  note: NotebookPen,
};

function Entry({ item }: { item: TimelineItem }) {
  const Icon = ICONS[item.kind.split(".")[0] ?? ""] ?? User;
  const path = appPath(item.link);
  return (
    <li className="relative flex gap-3 pb-5 before:absolute before:top-7 before:bottom-0 before:left-3.25 before:w-px before:bg-line last:before:hidden">
      <span className="flex size-6.5 shrink-0 items-center justify-center rounded-full bg-sunken text-muted">
        <Icon className="size-3.5" aria-hidden />
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <p className="flex items-baseline justify-between gap-3">
          {path ? (
            <Link to={path} className="min-w-0 rounded-sm font-medium hover:underline">
              {item.title}
            </Link>
          ) : (
            <span className="min-w-0 font-medium">{item.title}</span>
          )}
          <Time at={item.occurred_at} className="num shrink-0 text-sm text-faint" />
        </p>
        {item.detail && <p className="mt-0.5 text-sm break-words whitespace-pre-line text-muted">{item.detail}</p>}
        {item.actor && <p className="mt-0.5 text-sm text-faint">{item.actor}</p>}
      </div>
    </li>
  );
}

/** What happened with a client, newest first. */
export function Timeline({ id }: { id: string }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(timelineQuery(id));
  const items = data?.pages.flatMap((page) => page.items);
  if (error && !items) return <Failure error={error} onRetry={() => void refetch()} compact />;
  if (!items) {
    return (
      <Loading>
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} className="mb-3 h-12 w-full" />
        ))}
      </Loading>
    );
  }
  if (items.length === 0) return <p className="text-muted">{t("client.timeline.empty")}</p>;
  return (
    <>
      <ol>
        {items.map((item) => (
          <Entry key={item.id} item={item} />
        ))}
      </ol>
      {hasNextPage && (
        <Button onClick={() => void fetchNextPage()} busy={isFetchingNextPage}>
          {t("action.loadMore")}
        </Button>
      )}
    </>
  );
}
