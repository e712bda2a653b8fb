import { CloudOff, FileQuestion, Lock, type LucideIcon, RefreshCw, Timer, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { type Problem, problemOf } from "@/shared/api/problem";
import { type MessageKey, t } from "@/shared/lib/text";
import { Button } from "./Button";
import { cx } from "./cx";

type NoticeProps = {
  icon: LucideIcon;
  title: string;
  text?: string;
  children?: ReactNode;
  compact?: boolean;
  alert?: boolean;
  /** The title is the page's own heading: nothing else stands on it. */
  page?: boolean;
};

/** What stands where content would stand: empty, failed, forbidden. */
export function Notice({ icon: Icon, title, text, children, compact, alert, page }: NoticeProps) {
  const Title = page ? "h1" : "p";
  return (
    <div
      role={alert ? "alert" : undefined}
      className={cx("mx-auto flex max-w-sm flex-col items-center text-center", compact ? "gap-1 py-6" : "gap-2 py-16")}
    >
      <Icon className={cx("mb-1 text-faint", compact ? "size-5" : "size-7")} strokeWidth={1.5} aria-hidden />
      <Title className={cx("font-semibold", compact ? "text-base" : "text-lg")}>{title}</Title>
      {text && <p className="text-pretty text-muted">{text}</p>}
      {children && <div className="mt-3 flex flex-wrap items-center justify-center gap-2">{children}</div>}
    </div>
  );
}

type Case = { icon: LucideIcon; title: MessageKey; text: MessageKey; retry: boolean };

function caseOf(problem: Problem): Case {
  if (problem.code === "offline")
    return { icon: CloudOff, title: "state.offline", text: "state.offline.text", retry: true };
  if (problem.status === 403)
    return { icon: Lock, title: "state.forbidden", text: "state.forbidden.text", retry: false };
  if (problem.status === 404)
    return { icon: FileQuestion, title: "state.notFound", text: "state.notFound.text", retry: false };
  if (problem.status === 429) return { icon: Timer, title: "state.limited", text: "state.limited.text", retry: true };
  return { icon: TriangleAlert, title: "state.error", text: "state.error.text", retry: true };
}

/** What failed, in words, with the way on: try again, and the request id for whoever helps. */
export function Failure({ error, onRetry, compact }: { error: unknown; onRetry?: () => void; compact?: boolean }) {
  const problem = problemOf(error);
  const { icon, title, text, retry } = caseOf(problem);
  return (
    <Notice icon={icon} title={t(title)} text={t(text)} compact={compact} alert>
      {retry && onRetry && (
        <Button onClick={onRetry} icon={<RefreshCw aria-hidden />}>
          {t("action.retry")}
        </Button>
      )}
      {problem.requestId && problem.status !== 404 && (
        <p className="num w-full text-xs break-all text-faint">{t("state.requestId", { id: problem.requestId })}</p>
      )}
    </Notice>
  );
}

/** A placeholder in the shape of what is loading. */
export function Skeleton({ className }: { className?: string }) {
  return <div className={cx("skeleton", className)} aria-hidden />;
}

/** Says that something loads to those who do not see the skeleton. */
export function Loading({ children }: { children: ReactNode }) {
  return (
    <div role="status" aria-label={t("action.loading")}>
      {children}
    </div>
  );
}
