import { getRouteApi, Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { MailOpen, PhoneIncoming } from "lucide-react";
import { useState } from "react";
import { PageHeader } from "@/app/PageHeader";
import { QuoteSheet } from "@/features/quotes/QuoteSheet";
import { t } from "@/shared/lib/text";
import { useCommands } from "@/shared/lib/useCommands";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Segmented } from "@/shared/ui/Segmented";
import { Notice } from "@/shared/ui/States";
import { EnquiryList } from "./EnquiryList";
import { DEFAULT_VIEW, VIEWS } from "./search";
import { TakeInDialog } from "./TakeIn";

const route = getRouteApi("/app/inbox");

/** List, mail and fields side by side; on a phone one after the other. */
export function InboxPage() {
  const { view = DEFAULT_VIEW, quote } = route.useSearch();
  const navigate = useNavigate();
  const { id } = useParams({ strict: false });
  const [isTakingIn, setTakingIn] = useState(false);
  const group = t("inbox.title");
  useCommands([{ id: "inbox.takeIn", label: t("inbox.takeIn"), keys: "p", group, run: () => setTakingIn(true) }]);
  return (
    <div className="flex h-[calc(100dvh-56px-env(safe-area-inset-bottom))] min-h-0 flex-col md:h-dvh">
      <PageHeader
        title={t("inbox.title")}
        className={id ? "max-md:hidden" : undefined}
        actions={
          <Button icon={<PhoneIncoming aria-hidden />} onClick={() => setTakingIn(true)}>
            {t("inbox.takeIn.short")}
          </Button>
        }
      >
        <Segmented
          label={t("inbox.view")}
          className="max-md:order-last"
          value={view}
          onChange={(next) => void navigate({ to: "/inbox", search: next === DEFAULT_VIEW ? {} : { view: next } })}
          options={VIEWS.map((value) => ({ value, label: t(`inbox.view.${value}`) }))}
        />
      </PageHeader>
      <div className="flex min-h-0 flex-1">
        <section
          aria-label={t("inbox.list")}
          className={cx(
            "scroll-quiet w-full shrink-0 overflow-y-auto border-line md:w-80 md:border-r",
            id && "max-md:hidden",
          )}
        >
          <EnquiryList view={view} />
        </section>
        <div className={cx("min-w-0 flex-1", !id && "max-md:hidden")}>
          {id ? <Outlet /> : <Notice icon={MailOpen} title={t("inbox.pick")} text={t("inbox.pick.text")} />}
        </div>
      </div>
      {isTakingIn && <TakeInDialog onClose={() => setTakingIn(false)} />}
      {quote && (
        <QuoteSheet
          id={quote}
          onClose={() => void navigate({ to: ".", search: (known) => ({ ...known, quote: undefined }), replace: true })}
        />
      )}
    </div>
  );
}
