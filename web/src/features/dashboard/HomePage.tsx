import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { PageHeader } from "@/app/PageHeader";
import type { Dashboard } from "@/shared/api/types";
import { t } from "@/shared/lib/text";
import { Segmented } from "@/shared/ui/Segmented";
import { Failure, Loading, Skeleton } from "@/shared/ui/States";
import { AttentionList } from "./AttentionList";
import { useAttention } from "./attention";
import { Freshness } from "./Freshness";
import { Kpis, KpisSkeleton } from "./Kpis";
import { dashboardQuery } from "./queries";
import { faultOf, Section, type SectionName } from "./Section";
import { Sentence } from "./Sentence";
import { DEFAULT_PERIOD, PERIODS, type Period } from "./search";
import { ActivityFeed, AgeingBars, CallsFigures, DestinationBars, PipelineBars } from "./sections";
import { TrendSection } from "./TrendSection";
import { UsageSection } from "./Usage";

const route = getRouteApi("/app/");

function Sections({ dashboard, period, retry }: { dashboard: Dashboard; period: Period; retry: () => void }) {
  const fault = (section: SectionName) => faultOf(dashboard, section);
  return (
    <>
      <Section title={t("home.figures")} failure={fault("stats")} onRetry={retry}>
        <Kpis dashboard={dashboard} period={period} />
      </Section>
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-3">
        <TrendSection quotes={dashboard.quotes} failure={fault("quotes")} onRetry={retry} className="lg:col-span-2" />
        <Section title={t("home.byDestination")} failure={fault("quotes")} onRetry={retry}>
          {dashboard.quotes && <DestinationBars quotes={dashboard.quotes} />}
        </Section>
        <Section title={t("home.pipeline")} failure={fault("pipeline")} onRetry={retry}>
          {dashboard.pipeline && <PipelineBars pipeline={dashboard.pipeline} />}
        </Section>
        <Section title={t("home.ageing")} failure={fault("invoices")} onRetry={retry}>
          {dashboard.invoices && <AgeingBars aging={dashboard.invoices.aging} />}
        </Section>
        <Section title={t("home.calls")} failure={fault("calls")} onRetry={retry}>
          {dashboard.calls && <CallsFigures calls={dashboard.calls} />}
        </Section>
        <Section title={t("home.activity")} failure={fault("activity")} onRetry={retry} className="lg:col-span-2">
          {dashboard.activity && <ActivityFeed activity={dashboard.activity} />}
        </Section>
        <UsageSection />
      </div>
    </>
  );
}

function SectionsSkeleton() {
  return (
    <>
      <KpisSkeleton />
      <Loading>
        <div className="grid gap-12 lg:grid-cols-3">
          <Skeleton className="h-64 lg:col-span-2" />
          <Skeleton className="h-64" />
          <Skeleton className="h-48" />
          <Skeleton className="h-48" />
          <Skeleton className="h-48" />
        </div>
      </Loading>
    </>
  );
}

/** The day at a glance: what waits, then how the agency does. */
export function HomePage() {
  const { period = DEFAULT_PERIOD } = route.useSearch();
  const navigate = route.useNavigate();
  const attention = useAttention();
  const { data, error, isFetching, refetch } = useQuery(dashboardQuery(period));
  const retry = () => void refetch();
  const choose = (next: Period) =>
    void navigate({ search: next === DEFAULT_PERIOD ? {} : { period: next }, replace: true, resetScroll: false });
  return (
    <>
      <PageHeader
        title={t("home.title")}
        actions={
          <>
            {data && <Freshness dashboard={data} failed={error !== null} onRetry={retry} className="max-lg:hidden" />}
            <Segmented
              label={t("home.period")}
              value={period}
              onChange={choose}
              options={PERIODS.map((value) => ({ value, label: t(`home.period.${value}`) }))}
              className="max-sm:hidden"
            />
          </>
        }
      />
      <div className="mx-auto w-full max-w-[1280px] space-y-10 px-4 py-6 md:px-6 md:py-8" aria-busy={isFetching}>
        <div className="space-y-2">
          <Sentence attention={attention} dashboard={data} />
          {data && <Freshness dashboard={data} failed={error !== null} onRetry={retry} className="lg:hidden" />}
        </div>
        <Section title={t("home.attention")}>
          <AttentionList state={attention} />
        </Section>
        <Segmented
          label={t("home.period")}
          value={period}
          onChange={choose}
          options={PERIODS.map((value) => ({ value, label: t(`home.period.${value}`) }))}
          className="w-full justify-between sm:hidden"
        />
        {data ? (
          <Sections dashboard={data} period={period} retry={retry} />
        ) : error ? (
          <Failure error={error} onRetry={retry} />
        ) : (
          <SectionsSkeleton />
        )}
      </div>
    </>
  );
}
