/** A mail's way, step by step, from what is known of it. */
import type { Letter, LetterDetail } from "@/shared/api/types";
import { word } from "@/shared/lib/text";

export type Step = { name: string; at: string | null; detail?: string; trouble: boolean };

const TROUBLE: readonly string[] = ["failed", "parked", "deferred", "bounced", "complained"];

/** Where a mail stands: what others reported once it has left, else what was done here. */
export function stateOf(letter: Pick<Letter, "status" | "delivery_state">): string {
  return letter.status === "sent" && letter.delivery_state ? letter.delivery_state : letter.status;
}

function step(name: string, at: string | null, detail?: string | null): Step {
  return { name: word("step", name), at, detail: detail || undefined, trouble: TROUBLE.includes(name) };
}

/** The steps that a mail has taken, in their order; a step whose time nobody noted has none. */
export function stepsOf(letter: LetterDetail): Step[] {
  const { status, queued_at, sending_since, sent_at, last_error } = letter;
  const waits = status === "queued" && letter.attempts > 0;
  const ended = status === "failed" || status === "parked" || (status === "discarded" && !letter.undone_at);
  const steps = [step("created", letter.created_at)];
  if (queued_at) steps.push(step("queued", queued_at, waits ? last_error : null));
  if (status === "held") steps.push(step("held", letter.leaves_at));
  if (letter.undone_at) steps.push(step("undone", letter.undone_at));
  if (status === "sending") steps.push(step("sending", sending_since, last_error));
  if (sent_at) steps.push(step("sent", sent_at));
  if (ended) steps.push(step(status, null, last_error));
  for (const report of letter.reports) {
    steps.push({
      name: word("report", report.kind),
      at: report.occurred_at,
      detail: report.detail || undefined,
      trouble: TROUBLE.includes(report.kind),
    });
  }
  return steps;
}
