import { Clock, Radio, RefreshCw, TriangleAlert, Unplug } from "lucide-react";
import { useLiveState } from "@/app/live";
import type { Dashboard } from "@/shared/api/types";
import { formatInstant } from "@/shared/lib/dates";
import { t } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Time } from "@/shared/ui/Time";

function LiveMark() {
  const state = useLiveState();
  if (state === "off" || state === "connecting") return null;
  const live = state === "live";
  const Icon = live ? Radio : Unplug;
  return (
    <span
      role="status"
      title={t(live ? "home.live.text" : "home.reconnecting.text")}
      className={cx("inline-flex items-center gap-1 whitespace-nowrap", live ? "text-green" : "text-muted")}
    >
      <Icon className="size-3.5" aria-hidden />
      {t(live ? "home.live" : "home.reconnecting")}
    </span>
  );
}

type FreshnessProps = { dashboard: Dashboard; failed: boolean; onRetry: () => void; className?: string };

/** When the page was true: just now, a while ago while it is worked out anew, or before it could not be asked again. */
export function Freshness({ dashboard, failed, onRetry, className }: FreshnessProps) {
  const time = formatInstant(dashboard.generated_at);
  const stale = dashboard.cache.status === "stale";
  return (
    <div className={cx("flex flex-wrap items-center gap-x-3 gap-y-1 text-xs", className)}>
      {failed ? (
        <>
          <span role="status" className="inline-flex items-center gap-1.5 text-amber">
            <TriangleAlert className="size-3.5" aria-hidden />
            {t("home.notRenewed", { time })}
          </span>
          <Button size="sm" look="quiet" onClick={onRetry} icon={<RefreshCw aria-hidden />}>
            {t("action.retry")}
          </Button>
        </>
      ) : stale ? (
        <span role="status" className="inline-flex items-center gap-1.5 text-amber">
          <Clock className="size-3.5" aria-hidden />
          {t("home.stale", { time })}
        </span>
      ) : (
        <span className="num text-faint">
          {t("home.updated")} <Time at={dashboard.generated_at} />
        </span>
      )}
      <LiveMark />
    </div>
  );
}
