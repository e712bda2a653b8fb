import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { CircleAlert, CircleCheck, Clock, Hourglass, LoaderCircle, type LucideIcon, RotateCcw, X } from "lucide-react";
import { useState } from "react";
import { PageHeader } from "@/app/PageHeader";
import type { Job, JobCounts } from "@/shared/api/types";
import { formatCount } from "@/shared/lib/numbers";
import { t, tn, word } from "@/shared/lib/text";
import { useCommands } from "@/shared/lib/useCommands";
import { Badge, type Tone } from "@/shared/ui/Badge";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Confirm } from "@/shared/ui/Dialog";
import { FilterMenu } from "@/shared/ui/FilterMenu";
import { PagedList } from "@/shared/ui/PagedList";
import { Segmented } from "@/shared/ui/Segmented";
import { Notice } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { useJobActions } from "./actions";
import { jobsQuery } from "./queries";
import { JOB_STATUSES, type JobStatus, type JobsSearch } from "./search";

const route = getRouteApi("/app/operator/jobs");

const LOOKS: Record<JobStatus, { tone: Tone; icon: LucideIcon }> = {
  waiting: { tone: "neutral", icon: Hourglass },
  scheduled: { tone: "blue", icon: Clock },
  running: { tone: "green", icon: LoaderCircle },
  dead: { tone: "red", icon: CircleAlert },
};

function When({ job }: { job: Job }) {
  if (job.error && job.status === "dead") {
    return (
      <>
        {t("jobs.failedAt")} <Time at={job.error.at} />
      </>
    );
  }
  const due = job.status === "scheduled" ? job.scheduled_at : null;
  return (
    <>
      {t(due ? "jobs.due" : "jobs.enqueued")} <Time at={due ?? job.enqueued_at} />
    </>
  );
}

function Arguments({ values }: { values: Job["arguments"] }) {
  return Object.entries(values).map(([name, value]) => (
    <span key={name} className="min-w-0 break-all">
      {name} {String(value)}
    </span>
  ));
}

type Steps = { busy: boolean; onRetry: () => void; onDiscard: () => void };

function Row({ job, selected, busy, onRetry, onDiscard }: { job: Job; selected: boolean } & Steps) {
  return (
    <div
      data-selected={selected || undefined}
      className={cx(
        "flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 md:px-6",
        selected && "bg-accent-soft shadow-[inset_2px_0_0_var(--accent-text)]",
      )}
    >
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{job.kind}</span>
          <Badge tone={LOOKS[job.status].tone} icon={LOOKS[job.status].icon}>
            {word("job", job.status)}
          </Badge>
        </p>
        <p className={cx("num mt-1 flex flex-wrap gap-x-3 text-sm", selected ? "text-muted" : "text-faint")}>
          <span>{job.tenant_id}</span>
          <span>{tn("jobs.attempts", job.attempts)}</span>
          <span>
            <When job={job} />
          </span>
          <Arguments values={job.arguments} />
        </p>
        {job.error && (
          <p className="mt-1.5 text-sm break-words">
            <span className="font-medium text-red">{job.error.error_class}</span> {job.error.message}
          </p>
        )}
      </div>
      {job.status === "dead" && (
        <div className="flex gap-2">
          <Button size="sm" look="secondary" icon={<RotateCcw aria-hidden />} disabled={busy} onClick={onRetry}>
            {t("jobs.retry")}
          </Button>
          <Button size="sm" look="quiet" icon={<X aria-hidden />} disabled={busy} onClick={onDiscard}>
            {t("jobs.discard")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Kinds({ counts, search }: { counts: Record<string, JobCounts>; search: JobsSearch }) {
  const kinds = Object.entries(counts);
  if (kinds.length === 0) return null;
  return (
    <div className="overflow-x-auto border-b border-line px-4 pb-5 md:px-6">
      <table className="w-full max-w-160">
        <caption className="sr-only">{t("jobs.kinds")}</caption>
        <thead>
          <tr className="h-8 text-sm text-faint">
            <th scope="col" className="text-left font-medium">
              {t("jobs.kind")}
            </th>
            {JOB_STATUSES.map((status) => (
              <th key={status} scope="col" className="pl-3 text-right font-medium whitespace-nowrap">
                {status === "dead" ? t("jobs.deadCount") : word("job", status)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map(([kind, count]) => (
            <tr key={kind} className="h-8 border-t border-line">
              <th scope="row" className="text-left font-normal">
                <Link
                  to="/operator/jobs"
                  search={{ ...search, kind }}
                  className="rounded-sm hover:underline"
                  resetScroll={false}
                >
                  {kind}
                </Link>
              </th>
              {JOB_STATUSES.map((status) => (
                <td
                  key={status}
                  className={cx(
                    "num pl-3 text-right",
                    count[status] === 0 ? "text-faint" : status === "dead" && "font-medium text-red",
                  )}
                >
                  {formatCount(count[status])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type FiltersProps = { search: JobsSearch; onChange: (next: JobsSearch) => void; kinds: string[]; tenants: string[] };

function Filters({ search, onChange, kinds, tenants }: FiltersProps) {
  const named = (names: string[]) => names.filter(Boolean).map((name) => ({ value: name, label: name }));
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 py-3 md:px-6">
      <div className="scroll-quiet max-w-full overflow-x-auto">
        <Segmented
          label={t("jobs.status")}
          value={search.state ?? "any"}
          onChange={(next) => onChange({ ...search, state: JOB_STATUSES.find((status) => status === next) })}
          options={[
            { value: "any", label: t("jobs.status.any") },
            ...JOB_STATUSES.map((status) => ({ value: status as string, label: word("job", status) })),
          ]}
        />
      </div>
      <FilterMenu
        label={t("jobs.kind")}
        any={t("jobs.kind.any")}
        value={search.kind}
        onChange={(kind) => onChange({ ...search, kind })}
        options={named(kinds)}
      />
      <FilterMenu
        label={t("jobs.tenant")}
        any={t("jobs.tenant.any")}
        value={search.tenant_id}
        onChange={(tenant_id) => onChange({ ...search, tenant_id })}
        options={named(tenants)}
      />
    </div>
  );
}

function Empty({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (!filtered) return <Notice icon={CircleCheck} title={t("jobs.empty")} text={t("jobs.empty.text")} />;
  return (
    <Notice icon={CircleCheck} title={t("jobs.none")} text={t("jobs.none.text")}>
      <Button onClick={onClear}>{t("action.clearFilters")}</Button>
    </Notice>
  );
}

/** The queue: how full it is, what it holds, and what to do about dead letters. */
export function JobsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(jobsQuery(search));
  const { retry, discard } = useJobActions();
  const [selected, setSelected] = useState<string>();
  const [leaving, setLeaving] = useState<Job>();
  const change = (next: JobsSearch) => void navigate({ search: next, replace: true, resetScroll: false });
  const first = query.data?.pages[0];
  const jobs = query.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = jobs.find((job) => job.id === selected && job.status === "dead");
  const group = t("jobs.title");
  useCommands(
    chosen
      ? [
          { id: "job.retry", label: t("jobs.retry"), keys: "r", group, run: () => retry.mutate(chosen.id) },
          { id: "job.discard", label: t("jobs.discard"), keys: "x", group, run: () => setLeaving(chosen) },
        ]
      : [],
  );
  return (
    <>
      <PageHeader title={t("jobs.title")} />
      <Filters
        search={search}
        onChange={change}
        kinds={Object.keys(first?.by_kind ?? {})}
        tenants={Object.keys(first?.by_tenant ?? {})}
      />
      {first && <Kinds counts={first.by_kind} search={search} />}
      <section aria-label={t("jobs.list")}>
        <PagedList
          query={query}
          items={jobs}
          selected={selected}
          onSelect={setSelected}
          empty={
            <Empty filtered={Object.values(search).some((value) => value !== undefined)} onClear={() => change({})} />
          }
        >
          {(job) => (
            <Row
              job={job}
              selected={job.id === selected}
              busy={retry.isPending || discard.isPending}
              onRetry={() => retry.mutate(job.id)}
              onDiscard={() => setLeaving(job)}
            />
          )}
        </PagedList>
      </section>
      <Confirm
        open={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t("jobs.discard.title")}
        text={t("jobs.discard.text", { tenant: leaving?.tenant_id ?? "" })}
        confirm={t("jobs.discard")}
        onConfirm={() => leaving && discard.mutate(leaving.id)}
      />
    </>
  );
}
