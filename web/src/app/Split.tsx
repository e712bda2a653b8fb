import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { t } from "@/shared/lib/text";
import { IconButton } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { PageHeader } from "./PageHeader";

type SplitProps = {
  title: string;
  /** What the list is a list of, for those who listen. */
  label: string;
  controls?: ReactNode;
  list: ReactNode;
  /** What is open beside the list; null shows the invitation to choose. */
  detail: ReactNode | null;
  invitation: ReactNode;
};

/** A list with what is open of it beside it; on a phone one after the other. */
export function Split({ title, label, controls, list, detail, invitation }: SplitProps) {
  const open = detail !== null;
  return (
    <div className="flex h-[calc(100dvh-56px-env(safe-area-inset-bottom))] min-h-0 flex-col md:h-dvh">
      <PageHeader title={title} className={open ? "max-md:hidden" : undefined}>
        {controls && (
          <div className="flex flex-wrap items-center gap-2 max-sm:order-last max-sm:w-full">{controls}</div>
        )}
      </PageHeader>
      <div className="flex min-h-0 flex-1">
        <section
          aria-label={label}
          tabIndex={0}
          className={cx(
            "scroll-quiet w-full shrink-0 overflow-y-auto border-line -outline-offset-2 md:w-96 md:border-r",
            open && "max-md:hidden",
          )}
        >
          {list}
        </section>
        <div className={cx("min-w-0 flex-1", !open && "max-md:hidden")}>{detail ?? invitation}</div>
      </div>
    </div>
  );
}

/** The heading of what is open: beside the list the second; on a phone, where nothing else stands, the page's own. */
export function PaneTitle({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <>
      <h2 className={cx("min-w-0 text-lg max-md:hidden", className)}>{children}</h2>
      <h1 className={cx("min-w-0 text-lg md:hidden", className)}>{children}</h1>
    </>
  );
}

type PaneProps = { title: string; onClose: () => void; actions?: ReactNode; children: ReactNode };

/** What is open beside a list: its title with what can be done, and its content below. */
export function Pane({ title, onClose, actions, children }: PaneProps) {
  return (
    <article className="flex h-full min-h-0 flex-col">
      <header className="flex min-h-13 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-4 py-2 md:px-6">
        <IconButton label={t("action.back")} onClick={onClose} className="-ml-2 md:hidden">
          <ArrowLeft aria-hidden />
        </IconButton>
        <PaneTitle className="flex-1 break-words">{title}</PaneTitle>
        {actions && <div className="flex items-center gap-2">{actions}</div>}
      </header>
      <section
        aria-label={title}
        tabIndex={0}
        className="scroll-quiet min-h-0 flex-1 space-y-6 overflow-y-auto px-4 py-5 -outline-offset-2 md:px-6"
      >
        {children}
      </section>
    </article>
  );
}
