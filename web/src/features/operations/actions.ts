/** What an operator does: with dead letters, and with mail for nobody. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, fetchBlob, unwrap } from "@/shared/api/client";
import { problemOf } from "@/shared/api/problem";
import { type MessageKey, t } from "@/shared/lib/text";
import { toastDone, toastFailed } from "@/shared/ui/toast";
import { operatorKey } from "./queries";

function failed(error: unknown): void {
  toastFailed(t("jobs.actionFailed"), problemOf(error).detail);
}

/** One step; what the operator sees is asked anew afterwards, whether it worked or not. */
function useStep<Input, Output>(
  run: (input: Input) => Promise<Output>,
  say: (output: Output) => string,
  onError = failed,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: (output) => toastDone(say(output)),
    onError,
    onSettled: () => void queries.invalidateQueries({ queryKey: operatorKey }),
  });
}

/** Retrying and discarding a dead letter, by its id. */
export function useJobActions() {
  const params = (id: string) => ({ params: { path: { job_id: Number(id) } } });
  const retry = useStep(
    (id: string) => unwrap(api.POST("/api/v1/operator/jobs/{job_id}/retry", params(id))),
    () => t("jobs.retried"),
  );
  const discard = useStep(
    (id: string) => unwrap(api.POST("/api/v1/operator/jobs/{job_id}/discard", params(id))),
    () => t("jobs.discarded"),
  );
  return { retry, discard };
}

/** Giving a message to an agency, or throwing it away. A refused agency is said beside the field, not here. */
export function useQuarantineActions(id: string) {
  const params = { path: { message_id: id } };
  const assign = useStep(
    (tenant_id: string) =>
      unwrap(api.POST("/api/v1/operator/quarantine/{message_id}/assign", { params, body: { tenant_id } })),
    ({ outcome, tenant_id }) => t(`quarantine.assigned.${outcome}` as MessageKey, { tenant: tenant_id }),
    () => undefined,
  );
  const discard = useStep(
    () => unwrap(api.DELETE("/api/v1/operator/quarantine/{message_id}", { params })),
    () => t("quarantine.discarded"),
  );
  return { assign, discard };
}

/** Saves the whole message as a file. */
export async function download(path: string, filename: string): Promise<void> {
  try {
    const address = URL.createObjectURL(await fetchBlob(path));
    const link = Object.assign(document.createElement("a"), { href: address, download: filename });
    link.click();
    URL.revokeObjectURL(address);
  } catch (error) {
    toastFailed(t("outbox.downloadFailed"), problemOf(error).detail);
  }
}
