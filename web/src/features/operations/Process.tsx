import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, CircleMinus, type LucideIcon, TriangleAlert } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import type { ProcessHealth, Readiness } from "@/shared/api/types";
import { formatInstant } from "@/shared/lib/dates";
import { formatCount } from "@/shared/lib/numbers";
import { t, tn, word } from "@/shared/lib/text";
import { Badge, type Tone } from "@/shared/ui/Badge";
import { Button } from "@/shared/ui/Button";
import { Failure, Loading, Skeleton } from "@/shared/ui/States";
import { fewOf, formatTook, withoutOf } from "./process";
import { processQuery, readinessQuery } from "./queries";

const HEALTH: Record<string, { tone: Tone; icon: LucideIcon }> = {
  healthy: { tone: "green", icon: CircleCheck },
  degraded: { tone: "amber", icon: TriangleAlert },
  unhealthy: { tone: "red", icon: CircleAlert },
  not_configured: { tone: "neutral", icon: CircleMinus },
};

function Part({ title, badge, children }: { title: string; badge?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="mb-3 flex min-h-7 flex-wrap items-center justify-between gap-2">
        <h2 id={id} className="text-base">
          {title}
        </h2>
        {badge}
      </div>
      {children}
    </section>
  );
}

function Checks({ readiness }: { readiness: Readiness }) {
  const ready = readiness.status === "ready";
  const look = HEALTH[ready ? "healthy" : "unhealthy"];
  return (
    <Part
      title={t("service.checks")}
      badge={
        <Badge tone={look?.tone} icon={look?.icon}>
          {t(ready ? "service.ready" : "service.notReady")}
        </Badge>
      }
    >
      <ul className="divide-y divide-line rounded-lg border border-line">
        {Object.entries(readiness.checks).map(([name, check]) => (
          <li key={name} className="flex min-h-11 items-center gap-3 px-4">
            <span className="flex-1 font-medium">{word("check", name)}</span>
            {check.latency_ms !== null && (
              <span className="num text-sm text-faint">{t("service.latency", { ms: check.latency_ms })}</span>
            )}
            <Badge tone={HEALTH[check.status]?.tone} icon={HEALTH[check.status]?.icon}>
              {word("health", check.status)}
            </Badge>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Requests({ process }: { process: ProcessHealth }) {
  const { requests, since } = process;
  if (!requests) return <p className="text-muted">{t("process.requests.none")}</p>;
  return (
    <>
      <p className="num text-xl font-semibold tracking-tight">
        {tn("process.requests.count", requests.count, { count: formatCount(requests.count) })}
      </p>
      <p className="num mt-1 text-muted">
        {t("process.requests.p95", { time: formatTook(requests.p95_s), half: formatTook(requests.p50_s) })}{" "}
        {requests.failed > 0 && <span className="text-red">{tn("process.requests.failed", requests.failed)}</span>}
      </p>
      {since && <p className="num mt-1 text-sm text-faint">{t("process.since", { time: formatInstant(since) })}</p>}
    </>
  );
}

function Slowest({ routes }: { routes: ProcessHealth["slowest"] }) {
  const [all, setAll] = useState(false);
  if (routes.length === 0) return null;
  const shown = all ? routes : fewOf(routes);
  const number = "num py-2 pl-4 text-right whitespace-nowrap";
  return (
    <div className="mt-4">
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{t("process.slowest")}</caption>
        <thead>
          <tr className="border-b border-line text-left text-muted">
            <th scope="col" className="py-2 font-medium">
              {t("process.slowest")}
            </th>
            <th scope="col" className="py-2 pl-4 text-right font-medium whitespace-nowrap">
              {t("process.p95")}
            </th>
            <th scope="col" className="py-2 pl-4 text-right font-medium whitespace-nowrap max-sm:hidden">
              {t("process.p50")}
            </th>
            <th scope="col" className="py-2 pl-4 text-right font-medium">
              {t("process.count")}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={`${one.method} ${one.route}`} className="border-b border-line last:border-none">
              <th scope="row" className="py-2 text-left font-normal break-all">
                <span className="text-faint">{one.method}</span> {one.route}
              </th>
              <td className={number}>{formatTook(one.p95_s)}</td>
              <td className={`${number} max-sm:hidden`}>{formatTook(one.p50_s)}</td>
              <td className={number}>{formatCount(one.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!all && routes.length > shown.length && (
        <Button size="sm" look="quiet" onClick={() => setAll(true)} className="mt-2">
          {t("process.more", { count: routes.length })}
        </Button>
      )}
    </div>
  );
}

function DoneWithout({ degraded }: { degraded: ProcessHealth["degraded"] }) {
  const lines = withoutOf(degraded);
  if (lines.length === 0) return <p className="text-muted">{t("process.degraded.none")}</p>;
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {lines.map(({ meaning, count, labels }) => (
        <li key={meaning} className="flex items-start gap-3 px-4 py-2.5">
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-amber" aria-hidden />
          <span className="min-w-0 flex-1">
            {meaning}
            {labels.length > 0 && <span className="block text-sm break-words text-muted">{labels.join(" · ")}</span>}
          </span>
          <span className="num font-semibold">{formatCount(count)}</span>
        </li>
      ))}
    </ul>
  );
}

/** The process that answered this page: whether it is ready, how quick it is, and what it does without. */
export function ProcessPart() {
  const { data, error, refetch, dataUpdatedAt } = useQuery(processQuery);
  const asked = useQuery(readinessQuery);
  const readiness = asked.data ?? data;
  if (!data && !error) {
    return (
      <Loading>
        <Skeleton className="h-55" />
      </Loading>
    );
  }
  return (
    <div className="space-y-10">
      <div className="grid gap-10 lg:grid-cols-2">
        {asked.error ? (
          <Failure error={asked.error} onRetry={() => void asked.refetch()} compact />
        ) : (
          readiness && <Checks readiness={readiness} />
        )}
        {data && (
          <Part title={t("process.degraded")}>
            <DoneWithout degraded={data.degraded} />
          </Part>
        )}
      </div>
      {!data && !asked.error && <Failure error={error} onRetry={() => void refetch()} compact />}
      {data && (
        <Part title={t("process.requests")}>
          {error && (
            <p role="status" className="mb-3 text-amber">
              {t("process.stale", { time: formatInstant(new Date(dataUpdatedAt).toISOString()) })}
            </p>
          )}
          <Requests process={data} />
          <Slowest routes={data.slowest} />
        </Part>
      )}
    </div>
  );
}
