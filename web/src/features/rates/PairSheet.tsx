import { useInfiniteQuery } from "@tanstack/react-query";
import { SearchX, X } from "lucide-react";
import type { FxRate } from "@/shared/api/types";
import { formatDay } from "@/shared/lib/dates";
import { t } from "@/shared/lib/text";
import { Button, IconButton } from "@/shared/ui/Button";
import { Sheet } from "@/shared/ui/Dialog";
import { Failure, Loading, Notice, Skeleton } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { formatRate, pairQuery } from "./exchange";

const HEAD = "h-9 border-b border-line px-3 text-left text-sm font-medium whitespace-nowrap text-faint first:pl-0";
const CELL = "border-b border-line px-3 py-2 align-top first:pl-0";

function Days({ rates }: { rates: readonly FxRate[] }) {
  return (
    <table className="num w-full">
      <thead>
        <tr>
          <th scope="col" className={HEAD}>
            {t("exchange.day")}
          </th>
          <th scope="col" className={`${HEAD} text-right`}>
            {t("exchange.rate")}
          </th>
          <th scope="col" className={HEAD}>
            {t("exchange.source")}
          </th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>
            {t("exchange.stored")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rates.map((rate) => (
          <tr key={rate.id}>
            <th scope="row" className={`${CELL} text-left font-medium whitespace-nowrap`}>
              {formatDay(rate.as_of)}
            </th>
            <td className={`${CELL} text-right`}>{formatRate(rate.rate)}</td>
            <td className={`${CELL} break-words text-muted`}>{rate.source}</td>
            <td className={`${CELL} whitespace-nowrap text-muted max-md:hidden`}>
              <Time at={rate.stored_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One pair's rates, day by day; of a day that stands twice the upper one counts. */
export function PairSheet({ pair, onClose }: { pair: string; onClose: () => void }) {
  const [base = "", quote = ""] = pair.split("-");
  const query = useInfiniteQuery(pairQuery(base, quote));
  const rates = query.data?.pages.flatMap((page) => page.items) ?? [];
  const title = t("exchange.past", { base, quote });
  return (
    <Sheet open onClose={onClose} title={title}>
      <header className="flex min-h-13 items-center gap-2 border-b border-line px-4 md:px-6">
        <IconButton label={t("action.close")} onClick={onClose} className="-ml-2">
          <X aria-hidden />
        </IconButton>
        <h2 className="text-lg">{title}</h2>
      </header>
      <section
        aria-label={title}
        tabIndex={0}
        className="scroll-quiet min-h-0 flex-1 overflow-y-auto px-4 py-4 md:px-6"
      >
        {query.error && !query.data && <Failure compact error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && (
          <Loading>
            <Skeleton className="h-60" />
          </Loading>
        )}
        {query.data &&
          (rates.length > 0 ? (
            <>
              <p className="mb-2 text-muted">{t("exchange.past.note")}</p>
              <Days rates={rates} />
            </>
          ) : (
            <Notice icon={SearchX} title={t("exchange.past.none")} text={t("exchange.past.none.text")} />
          ))}
        {query.hasNextPage && (
          <div className="p-4 text-center">
            <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
              {t("action.loadMore")}
            </Button>
          </div>
        )}
      </section>
    </Sheet>
  );
}
