import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { Readiness } from "@/shared/api/types";
import type { JobsSearch } from "./search";

const PAGE = 50;
const LIVE_MS = 5_000;
const LIST_MS = 15_000;
/** A process answers within a second whatever hangs; one that does not is not there. */
const READINESS_MS = 4_000;

export const operatorKey = ["operator"] as const;

export const serviceQuery = queryOptions({
  queryKey: [...operatorKey, "service"],
  queryFn: () => unwrap(api.GET("/api/v1/operator/service")),
  refetchInterval: LIVE_MS,
});

/** The process that answers: its checks, how quick it is, and what it does without. */
export const processQuery = queryOptions({
  queryKey: [...operatorKey, "health"],
  queryFn: () => unwrap(api.GET("/api/v1/operator/health")),
  refetchInterval: LIVE_MS,
});

/**
 * Whether the process is ready, asked as probes ask: without a sign-in, which nobody has while the database is away.
 * Null where this address answers something else, since some installations keep it to themselves.
 */
export async function readReadiness(fetch = globalThis.fetch): Promise<Readiness | null> {
  const signal = AbortSignal.timeout(READINESS_MS);
  const answer = await fetch("/health/ready", { credentials: "omit", signal }).catch(() => {
    throw Problem.offline();
  });
  const said: Partial<Readiness> | null = await answer.json().catch(() => null);
  return said?.status && said.checks ? { status: said.status, checks: said.checks } : null;
}

export const readinessQuery = queryOptions({
  queryKey: [...operatorKey, "readiness"],
  queryFn: () => readReadiness(),
  refetchInterval: LIVE_MS,
});

export function jobsQuery({ state, kind, tenant_id }: JobsSearch) {
  return infiniteQueryOptions({
    queryKey: [...operatorKey, "jobs", state, kind, tenant_id],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/v1/operator/jobs", {
          params: { query: { status: state, kind, tenant_id, limit: PAGE, cursor: pageParam ?? undefined } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? null,
    refetchInterval: LIVE_MS,
  });
}

export function quarantineQuery(q: string | undefined) {
  return infiniteQueryOptions({
    queryKey: [...operatorKey, "quarantine", q],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/v1/operator/quarantine", {
          params: { query: { q, limit: PAGE, cursor: pageParam ?? undefined } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? null,
    refetchInterval: LIST_MS,
  });
}

/** A message never changes: it is not asked again when the lists are, and not after it has gone. */
export function quarantinedQuery(id: string) {
  return queryOptions({
    queryKey: ["quarantined", id],
    queryFn: () =>
      unwrap(api.GET("/api/v1/operator/quarantine/{message_id}", { params: { path: { message_id: id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export const outboxQuery = infiniteQueryOptions({
  queryKey: [...operatorKey, "outbox"],
  queryFn: ({ pageParam }) =>
    unwrap(api.GET("/api/v1/operator/outbox", { params: { query: { limit: PAGE, cursor: pageParam ?? undefined } } })),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor ?? null,
  refetchInterval: LIST_MS,
});
