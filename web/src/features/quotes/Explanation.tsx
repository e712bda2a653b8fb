import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { Explained } from "@/shared/api/types";
import { formatDay } from "@/shared/lib/dates";
import { formatMoney } from "@/shared/lib/money";
import { t } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Failure, Loading, Skeleton } from "@/shared/ui/States";
import { explanationQuery } from "./queries";
import { sourceText } from "./source";

function Leaf({ node }: { node: Explained }) {
  const facts = [node.guest, node.date && formatDay(node.date)].filter(Boolean).join(", ");
  return (
    <div className="num flex items-start justify-between gap-4 py-1.5 pl-6">
      <div className="min-w-0">
        <p className="break-words">
          {node.description}
          {facts && <span className="text-muted"> ({facts})</span>}
        </p>
        {node.rule && <p className="text-sm break-words text-muted">{node.rule}</p>}
        {node.source_ref && <p className="text-xs break-words text-faint">{sourceText(node.source_ref)}</p>}
      </div>
      <span className="shrink-0 whitespace-nowrap">{formatMoney(node.amount)}</span>
    </div>
  );
}

function Branch({ node, open }: { node: Explained; open?: boolean }) {
  return (
    <details open={open} className="group/branch">
      <summary className="num flex cursor-pointer list-none items-start gap-2 rounded-sm py-1.5 hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="mt-0.5 size-4 shrink-0 text-faint transition-transform group-open/branch:rotate-90"
        />
        <span className="min-w-0 flex-1 break-words">{node.description}</span>
        <span className="shrink-0 font-medium whitespace-nowrap">{formatMoney(node.amount)}</span>
      </summary>
      <div className="ml-2 border-l border-line pl-2">
        {node.children.map((child, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a price's parts have a fixed order and no identity
          <Tree key={at} node={child} />
        ))}
      </div>
    </details>
  );
}

function Tree({ node, open }: { node: Explained; open?: boolean }) {
  return node.children.length > 0 ? <Branch node={node} open={open} /> : <Leaf node={node} />;
}

function Trees({ quoteId, optionId }: { quoteId: string; optionId: string }) {
  const { data, error, refetch } = useQuery(explanationQuery(quoteId));
  if (error && !data) return <Failure compact error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading>
        <Skeleton className="h-24 w-full" />
      </Loading>
    );
  }
  const option = data.options.find((one) => one.option_id === optionId);
  if (!option) return null;
  return (
    <>
      {option.lines.map((node, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of an option have a fixed order and no identity
        <Tree key={at} node={node} open={at === 0} />
      ))}
      <div className="num flex items-start justify-between gap-4 border-t border-line py-1.5 pl-6">
        <div className="min-w-0">
          <p>{t("quote.margin")}</p>
          <p className="text-sm text-muted">{t("quote.margin.note")}</p>
        </div>
        <span className="shrink-0 whitespace-nowrap">{formatMoney(option.margin)}</span>
      </div>
      {option.pay_local.map((node, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: charges have a fixed order and no identity
        <Tree key={at} node={node} />
      ))}
    </>
  );
}

/** Why an option costs what it costs: line, rule, row and cell. For staff: it shows costs. */
export function Explanation({ quoteId, optionId }: { quoteId: string; optionId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <section className="mt-4">
      <Button
        look="quiet"
        size="sm"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        icon={<ChevronRight aria-hidden className={cx("transition-transform", open && "rotate-90")} />}
      >
        {t("quote.why")}
      </Button>
      {open && (
        <div className="mt-2 rounded-md border border-line p-3">
          <p className="mb-2 text-sm text-muted">{t("quote.why.note")}</p>
          <Trees quoteId={quoteId} optionId={optionId} />
        </div>
      )}
    </section>
  );
}
