import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Outlet, useMatch, useRouterState } from "@tanstack/react-router";
import { FileText, Plus, SearchX } from "lucide-react";
import { useCallback } from "react";
import { PageHeader } from "@/app/PageHeader";
import { t } from "@/shared/lib/text";
import { Button, buttonClass } from "@/shared/ui/Button";
import { Failure, Notice } from "@/shared/ui/States";
import { Filters } from "./Filters";
import { ColumnMenu, QuotesTable, TableSkeleton, useQuoteColumns } from "./QuotesTable";
import { quotesQuery } from "./queries";
import { countFilters, type QuotesSearch } from "./search";

const route = getRouteApi("/app/quotes");

function NewQuoteLink() {
  return (
    <Link to="/quotes/new" search={(known) => known} state={{ sheet: true }} className={buttonClass("primary")}>
      <Plus aria-hidden />
      {t("quotes.new")}
    </Link>
  );
}

function Empty({ search, onClear }: { search: QuotesSearch; onClear: () => void }) {
  if (countFilters(search) > 0) {
    return (
      <Notice icon={SearchX} title={t("quotes.none")} text={t("quotes.none.text")}>
        <Button onClick={onClear}>{t("action.clearFilters")}</Button>
      </Notice>
    );
  }
  return (
    <Notice icon={FileText} title={t("quotes.empty")} text={t("quotes.empty.text")}>
      <NewQuoteLink />
    </Notice>
  );
}

function QuotesList() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [visibility, setVisibility] = useQuoteColumns();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    quotesQuery(search),
  );
  const quotes = data?.pages.flatMap((page) => page.items) ?? [];
  const change = useCallback(
    (next: QuotesSearch) => void navigate({ to: "/quotes", search: next, replace: true, resetScroll: false }),
    [navigate],
  );
  return (
    <>
      <PageHeader title={t("quotes.title")} actions={<NewQuoteLink />} />
      <div className="sticky top-13 z-10 flex items-center justify-between gap-2 bg-surface px-4 py-2.5 max-md:static md:px-6">
        <Filters search={search} onChange={change} />
        <ColumnMenu visibility={visibility} onChange={setVisibility} />
      </div>
      {error && !data ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <TableSkeleton />
      ) : quotes.length === 0 ? (
        <Empty search={search} onClear={() => change({})} />
      ) : (
        <QuotesTable quotes={quotes} visibility={visibility} />
      )}
      {hasNextPage && (
        <div className="p-6 text-center">
          <Button onClick={() => void fetchNextPage()} busy={isFetchingNextPage}>
            {t("action.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}

/** The list, and over it the quote that was opened from it; a quote opened by its address stands alone. */
export function QuotesPage() {
  const sheet = useRouterState({ select: (state) => state.location.state.sheet === true });
  // The route that was taken, not one that the address would fit: /quotes/new is no quote, and has the list behind it.
  const alone = useMatch({ from: "/app/quotes/$id", shouldThrow: false }) !== undefined && !sheet;
  return (
    <>
      {!alone && <QuotesList />}
      <Outlet />
    </>
  );
}
