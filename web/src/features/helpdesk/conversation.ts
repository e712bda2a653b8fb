/** The conversation with the helpdesk: it lasts as long as the tab, and begins anew when somebody else signs in. */
import { useSyncExternalStore } from "react";
import { api, unwrap } from "@/shared/api/client";
import { type Problem, problemOf } from "@/shared/api/problem";
import { session } from "@/shared/api/session";
import type { HelpdeskAnswer } from "@/shared/api/types";

export type Exchange = { key: number; question: string; answer?: HelpdeskAnswer; problem?: Problem };

let exchanges: readonly Exchange[] = [];
let owner: string | null = null;
let counted = 0;
const listeners = new Set<() => void>();

function set(next: readonly Exchange[]): void {
  exchanges = next;
  for (const listener of listeners) listener();
}

function personOf(): string | null {
  return session.state.status === "signed_in" ? session.state.user.id : null;
}

session.subscribe(() => {
  if (personOf() !== owner && exchanges.length > 0) set([]);
  owner = personOf();
});

function answered(key: number, outcome: Pick<Exchange, "answer" | "problem">): void {
  set(exchanges.map((one) => (one.key === key ? { ...one, answer: undefined, problem: undefined, ...outcome } : one)));
}

async function send(key: number, question: string): Promise<void> {
  const conversation_id = exchanges.findLast((one) => one.answer)?.answer?.conversation_id;
  try {
    const answer = await unwrap(api.POST("/api/v1/helpdesk/chat", { body: { message: question, conversation_id } }));
    // Asked for JSON, the server answers no stream: what the document calls a string never comes here.
    answered(key, { answer: answer as HelpdeskAnswer });
  } catch (error) {
    answered(key, { problem: problemOf(error) });
  }
}

/** Asks, as the next exchange of the conversation. */
export function ask(question: string): void {
  owner = personOf();
  counted += 1;
  const key = counted;
  set([...exchanges, { key, question }]);
  void send(key, question);
}

/** Asks once more what could not be answered. */
export function askAgain({ key, question }: Exchange): void {
  answered(key, {});
  void send(key, question);
}

/** Forgets the conversation here; the next question begins another. */
export function startAnew(): void {
  set([]);
}

export function useExchanges(): readonly Exchange[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => exchanges,
  );
}
