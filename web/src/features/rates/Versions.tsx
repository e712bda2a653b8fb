import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, Minus, Plus } from "lucide-react";
import type { ContractDetail } from "@/shared/api/types";
import { t, word } from "@/shared/lib/text";
import { cx } from "@/shared/ui/cx";
import { Failure, Loading, Skeleton } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { type Change, type ContractDocument, differences } from "./document";
import { contractQuery, versionsQuery } from "./queries";
import { ContractBadge } from "./status";

const LOOKS = {
  added: { icon: Plus, tone: "text-green" },
  removed: { icon: Minus, tone: "text-red" },
  changed: { icon: ArrowRight, tone: "text-amber" },
} as const;

function ChangeRow({ change }: { change: Change }) {
  const { icon: Icon, tone } = LOOKS[change.kind];
  return (
    <li className="num py-2">
      <p className="flex items-start gap-2">
        <Icon aria-hidden className={cx("mt-0.5 size-4 shrink-0", tone)} />
        <span className="min-w-0">
          <span className="font-medium">
            {word("change", change.kind)}: {word("rates.rules", change.part)}
          </span>{" "}
          <span className="break-words">{change.name}</span>
        </span>
      </p>
      {change.before && (
        <p className="ml-6 text-sm break-words text-muted">
          {t("rates.change.before")}: {change.before}
        </p>
      )}
      {change.after && (
        <p className="ml-6 text-sm break-words text-muted">
          {t("rates.change.after")}: {change.after}
        </p>
      )}
    </li>
  );
}

function Changes({ version, before, after }: { version: number; before: string; after: ContractDocument }) {
  const { data, error, refetch } = useQuery(contractQuery(before));
  if (error && !data) return <Failure compact error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading>
        <Skeleton className="h-24 w-full" />
      </Loading>
    );
  }
  const changes = differences(data.document as unknown as ContractDocument, after);
  return (
    <section>
      <h3 className="mb-1 text-base">{t("rates.versions.compare", { version })}</h3>
      {changes.length === 0 ? (
        <p className="text-muted">{t("rates.versions.same")}</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {changes.map((change) => (
            <ChangeRow key={`${change.part} ${change.name} ${change.kind}`} change={change} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Every version of the hotel's contract, and what this one changed. */
export function Versions({ contract, document }: { contract: ContractDetail; document: ContractDocument }) {
  const { data, error, refetch } = useQuery(versionsQuery(contract.hotel_id));
  if (error && !data) return <Failure compact error={error} onRetry={() => void refetch()} />;
  const versions = data?.items ?? [];
  const before = versions.find((one) => one.version === contract.version - 1);
  return (
    <div className="max-w-[80ch] space-y-6">
      <ol className="divide-y divide-line border-y border-line">
        {versions.map((one) => (
          <li key={one.id}>
            <Link
              to="/rates"
              search={(known) => ({ ...known, id: one.id, tab: "versions" as const })}
              aria-current={one.id === contract.id ? "true" : undefined}
              className={cx(
                "flex flex-wrap items-center gap-x-3 gap-y-1 px-2 py-2 -outline-offset-2 hover:bg-hover",
                one.id === contract.id && "bg-accent-soft",
              )}
            >
              <span className="num font-medium">{t("rates.version", { version: one.version })}</span>
              <ContractBadge status={one.status} />
              <span className="min-w-0 flex-1 truncate text-sm text-muted">{one.source_document}</span>
              <Time at={one.created_at} className="num text-sm text-muted" />
            </Link>
          </li>
        ))}
      </ol>
      {before ? (
        <Changes version={contract.version} before={before.id} after={document} />
      ) : (
        data && <p className="text-muted">{t("rates.versions.first")}</p>
      )}
    </div>
  );
}
