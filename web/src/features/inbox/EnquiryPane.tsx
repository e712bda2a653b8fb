import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft, Check, FileText, Reply, Send, X } from "lucide-react";
import { useState } from "react";
import { useTitle } from "@/app/PageHeader";
import { PaneTitle } from "@/app/Split";
import type { Enquiry } from "@/shared/api/types";
import { t } from "@/shared/lib/text";
import { useCommands } from "@/shared/lib/useCommands";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Segmented } from "@/shared/ui/Segmented";
import { Failure, Loading, Skeleton } from "@/shared/ui/States";
import { useEnquiryActions } from "./actions";
import { Fields } from "./Fields";
import { Mail } from "./Mail";
import { enquiryQuery } from "./queries";
import { ReplyDialog } from "./Reply";
import { EnquiryBadge } from "./status";
import { AssignMenu, SnoozeMenu } from "./Working";

const route = getRouteApi("/app/inbox/$id");
const inbox = getRouteApi("/app/inbox");

function Actions({ enquiry }: { enquiry: Enquiry }) {
  const { accept, dismiss, ask, open, busy } = useEnquiryActions(enquiry.id);
  const quoteId = enquiry.quote_id;
  const done = quoteId !== null || enquiry.status === "ignored";
  const blocked = enquiry.missing.length > 0;
  const drafted = enquiry.thread.some((message) => message.direction === "out" && message.status === "draft");
  const group = t("inbox.title");
  useCommands([
    ...(quoteId
      ? [{ id: "enquiry.quote", label: t("inbox.openQuote"), keys: "enter", group, run: () => open(quoteId) }]
      : []),
    ...(!done && !busy
      ? [
          { id: "enquiry.dismiss", label: t("inbox.dismiss"), keys: "d", group, run: () => dismiss.mutate() },
          {
            id: "enquiry.done",
            label: t("inbox.dismiss"),
            keys: "e",
            group,
            quiet: true,
            run: () => dismiss.mutate(),
          },
          ...(blocked && drafted
            ? [{ id: "enquiry.ask", label: t("inbox.ask"), keys: "q", group, run: () => ask.mutate() }]
            : []),
          ...(blocked
            ? []
            : [{ id: "enquiry.accept", label: t("inbox.accept"), keys: "a", group, run: () => accept.mutate() }]),
        ]
      : []),
  ]);
  if (quoteId) {
    return (
      <Button look="primary" icon={<FileText aria-hidden />} onClick={() => open(quoteId)}>
        {t("inbox.openQuote")}
      </Button>
    );
  }
  if (done) return null;
  return (
    <>
      <Button
        look="secondary"
        icon={<X aria-hidden />}
        busy={dismiss.isPending}
        disabled={busy}
        onClick={() => dismiss.mutate()}
      >
        {t("inbox.dismiss")}
      </Button>
      {blocked && drafted ? (
        <Button
          look="primary"
          icon={<Send aria-hidden />}
          busy={ask.isPending}
          disabled={busy}
          onClick={() => ask.mutate()}
        >
          {t("inbox.ask")}
        </Button>
      ) : (
        <Button
          look="primary"
          icon={<Check aria-hidden />}
          busy={accept.isPending}
          disabled={busy || blocked}
          title={blocked ? t("inbox.accept.blocked") : undefined}
          onClick={() => accept.mutate()}
        >
          {t(accept.isPending ? "inbox.accepting" : "inbox.accept")}
        </Button>
      )}
    </>
  );
}

function PaneSkeleton() {
  return (
    <Loading>
      <div className="space-y-4 p-6">
        <Skeleton className="h-6 w-80 max-w-full" />
        <Skeleton className="h-4 w-48" />
        <Skeleton className="h-40 w-full" />
      </div>
    </Loading>
  );
}

function ReplyButton({ enquiry }: { enquiry: Enquiry }) {
  const [writing, setWriting] = useState(false);
  const group = t("inbox.title");
  useCommands([{ id: "enquiry.reply", label: t("inbox.reply"), keys: "r", group, run: () => setWriting(true) }]);
  return (
    <>
      <Button size="sm" look="quiet" icon={<Reply aria-hidden />} onClick={() => setWriting(true)}>
        {t("inbox.reply")}
      </Button>
      {writing && <ReplyDialog enquiry={enquiry} onClose={() => setWriting(false)} />}
    </>
  );
}

function Header({ enquiry }: { enquiry: Enquiry }) {
  const { view } = inbox.useSearch();
  const backTo = view ? { view } : {};
  useTitle(enquiry.subject || t("inbox.noSubject"));
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-3 md:px-6">
      <Link
        to="/inbox"
        search={backTo}
        aria-label={t("action.back")}
        className="rounded-sm p-1 text-muted hover:bg-hover md:hidden"
      >
        <ArrowLeft className="size-5" aria-hidden />
      </Link>
      <PaneTitle className="grow basis-52 truncate max-md:basis-[70%]">
        {enquiry.subject || t("inbox.noSubject")}
      </PaneTitle>
      <EnquiryBadge status={enquiry.status} />
      <div className="flex items-center gap-2 max-md:w-full max-md:[&>button]:flex-1">
        <Actions enquiry={enquiry} />
      </div>
      <div className="-ml-2 flex w-full flex-wrap items-center gap-1">
        <AssignMenu key={`assign-${enquiry.id}`} enquiry={enquiry} />
        <SnoozeMenu key={`snooze-${enquiry.id}`} enquiry={enquiry} />
        <ReplyButton key={`reply-${enquiry.id}`} enquiry={enquiry} />
      </div>
    </header>
  );
}

/** One enquiry: its mail beside what was read in it. */
export function EnquiryPane() {
  const { id } = route.useParams();
  const { data: enquiry, error, refetch } = useQuery(enquiryQuery(id));
  const [active, setActive] = useState<string | null>(null);
  const [pane, setPane] = useState<"fields" | "mail">("fields");
  if (error && !enquiry) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!enquiry) return <PaneSkeleton />;
  const highlight = { active, onActive: setActive };
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Header enquiry={enquiry} />
      <Segmented
        label={t("inbox.panes")}
        value={pane}
        onChange={setPane}
        options={[
          { value: "fields", label: t("inbox.fields") },
          { value: "mail", label: t("inbox.mail") },
        ]}
        className="mx-4 mt-3 lg:hidden [&>*]:flex-1 [&>*]:justify-center"
      />
      <div className="flex min-h-0 flex-1">
        <section
          aria-label={t("inbox.mail")}
          tabIndex={0}
          className={cx("scroll-quiet min-w-0 flex-1 overflow-y-auto", pane !== "mail" && "max-lg:hidden")}
        >
          <Mail enquiry={enquiry} {...highlight} />
        </section>
        <aside
          aria-label={t("inbox.fields")}
          className={cx(
            "scroll-quiet w-full shrink-0 overflow-y-auto border-line lg:w-84 lg:border-l",
            pane !== "fields" && "max-lg:hidden",
          )}
        >
          <Fields enquiry={enquiry} {...highlight} />
        </aside>
      </div>
    </div>
  );
}
