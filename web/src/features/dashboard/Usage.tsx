import { useQuery } from "@tanstack/react-query";
import type { Limit } from "@/shared/api/types";
import { formatRelative } from "@/shared/lib/dates";
import { formatCount } from "@/shared/lib/numbers";
import { t, word } from "@/shared/lib/text";
import { cx } from "@/shared/ui/cx";
import { Failure, Loading, Skeleton } from "@/shared/ui/States";
import { usageQuery } from "./queries";
import { Section } from "./Section";
import { levelOf, restOf } from "./usage";

const FILLS = { plenty: "bg-accent", scarce: "bg-amber-fill", last: "bg-red-fill" };

function Meter({ limit }: { limit: Limit }) {
  const share = limit.limit > 0 ? Math.min(limit.used / limit.limit, 1) : 1;
  return (
    <li>
      <span className="flex items-baseline justify-between gap-3">
        <span className="font-medium">{word("home.limit", limit.name)}</span>
        <span className="num text-sm text-muted">
          {t("home.usage.of", { used: formatCount(limit.used), limit: formatCount(limit.limit) })}
        </span>
      </span>
      <span aria-hidden className="mt-1.5 block h-1.5 rounded-full bg-sunken">
        <span className={cx("block h-full rounded-full", FILLS[levelOf(limit)])} style={{ width: `${share * 100}%` }} />
      </span>
      <span className="num mt-1 block text-xs text-faint">{restOf(limit, formatRelative(limit.resets_at))}</span>
    </li>
  );
}

/** What the agency may do, and how much of it is used. */
export function UsageSection() {
  const { data, error, refetch } = useQuery(usageQuery);
  return (
    <Section title={t("home.usage")}>
      {data ? (
        data.limits.length === 0 ? (
          <p className="py-3 text-muted">{t("home.usage.empty")}</p>
        ) : (
          <ul className="space-y-4">
            {data.limits.map((limit) => (
              <Meter key={limit.name} limit={limit} />
            ))}
          </ul>
        )
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} compact />
      ) : (
        <Loading>
          <Skeleton className="h-32" />
        </Loading>
      )}
    </Section>
  );
}
