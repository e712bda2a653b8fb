import { RefreshCw, TriangleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import type { Dashboard } from "@/shared/api/types";
import { t } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";

export type SectionName = "stats" | "activity" | "quotes" | "invoices" | "calls" | "pipeline" | "usage";

/** Why a section is missing, in the server's words where it gave any; nothing where the section is there. */
export function faultOf(dashboard: Dashboard, section: SectionName): { code: string; detail: string } | undefined {
  if (dashboard[section] !== null) return undefined;
  return dashboard.errors[section] ?? { code: "unknown", detail: t("home.section.unknown") };
}

type SectionProps = {
  title: string;
  action?: ReactNode;
  className?: string;
  /** Why the section's source failed; it then stands in place of the content. */
  failure?: { code: string; detail: string };
  onRetry?: () => void;
  children: ReactNode;
};

/** A part of the page under its heading; a part that failed says so and leaves the others alone. */
export function Section({ title, action, className, failure, onRetry, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cx("min-w-0", className)}>
      <div className="mb-3 flex min-h-7 items-center justify-between gap-3">
        <h2 id={id} className="text-base">
          {title}
        </h2>
        {!failure && action}
      </div>
      {failure ? (
        <div role="alert" className="flex items-start gap-3 rounded-lg bg-amber-soft p-4">
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-amber" aria-hidden />
          <div className="min-w-0 flex-1">
            <p className="font-medium">{t("home.section.failed")}</p>
            <p className="mt-0.5 text-sm text-muted">{t("home.section.failed.text", { detail: failure.detail })}</p>
          </div>
          {onRetry && (
            <Button size="sm" look="secondary" onClick={onRetry} icon={<RefreshCw aria-hidden />}>
              {t("action.retry")}
            </Button>
          )}
        </div>
      ) : (
        children
      )}
    </section>
  );
}
