import type { Problem } from "@/shared/api/problem";

export type Agency = { id: string; name: string };

/** The agencies to choose from, out of a 409 `tenant_required`; empty for any other problem. */
export function agenciesOf(problem: Problem): Agency[] {
  if (problem.code !== "tenant_required" || !Array.isArray(problem.body.tenants)) return [];
  return problem.body.tenants.flatMap((entry: unknown): Agency[] => {
    if (typeof entry === "string") return [{ id: entry, name: entry }];
    if (typeof entry !== "object" || entry === null) return [];
    const { tenant_id: id, name } = entry as { tenant_id?: unknown; name?: unknown };
    return typeof id === "string" ? [{ id, name: typeof name === "string" ? name : id }] : [];
  });
}
