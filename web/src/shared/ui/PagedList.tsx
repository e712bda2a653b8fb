import type { ReactNode } from "react";
import { t } from "@/shared/lib/text";
import { useCommands } from "@/shared/lib/useCommands";
import { Button } from "./Button";
import { Failure, Loading, Skeleton } from "./States";

type Pages = {
  data?: unknown;
  error: unknown;
  refetch: () => unknown;
  hasNextPage: boolean;
  fetchNextPage: () => unknown;
  isFetchingNextPage: boolean;
};

type PagedListProps<T> = {
  query: Pages;
  items: readonly T[];
  /** Which of the items is chosen; j and k go on from there. */
  selected: string | undefined;
  onSelect: (id: string) => void;
  empty: ReactNode;
  children: (item: T) => ReactNode;
};

function ListSkeleton() {
  return (
    <Loading>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div key={row} className="space-y-2 border-b border-line px-4 py-3 md:px-6">
          <Skeleton className="h-4 w-36" />
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-48" />
        </div>
      ))}
    </Loading>
  );
}

/** A list in pages with all its states: loading, failed, empty, and more to load. */
export function PagedList<T extends { id: string }>(props: PagedListProps<T>) {
  const { query, items, selected, onSelect, empty, children } = props;
  const at = items.findIndex((item) => item.id === selected);
  const group = t("shortcuts.list");
  const go = (index: number) => {
    const next = items[Math.max(0, Math.min(index, items.length - 1))];
    if (next) onSelect(next.id);
  };
  useCommands([
    { id: "list.next", label: t("shortcuts.next"), keys: "j", group, quiet: true, run: () => go(at + 1) },
    { id: "list.previous", label: t("shortcuts.previous"), keys: "k", group, quiet: true, run: () => go(at - 1) },
  ]);
  if (query.error && !query.data) return <Failure error={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) return <ListSkeleton />;
  if (items.length === 0) return empty;
  return (
    <>
      <ul>
        {items.map((item) => (
          <li key={item.id} className="border-b border-line">
            {children(item)}
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <div className="p-4 text-center">
          <Button onClick={() => query.fetchNextPage()} busy={query.isFetchingNextPage}>
            {t("action.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}
