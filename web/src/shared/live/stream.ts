/**
 * What happens to the agency, as it happens: one stream for the tab, whatever page is open. It goes on where it was cut
 * off, waits longer the more often it fails, and rests while the tab is hidden (browsers allow few connections a server).
 */
import { session } from "@/shared/api/session";
import { type Message, MessageReader } from "./messages";

/** `off`: nobody listens. `waiting`: the connection is lost and will be tried again. */
export type LiveState = "off" | "connecting" | "live" | "waiting";

export type News = { kind: string; data: Record<string, unknown> };

const PATH = "/api/v1/events";
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** The server says something every few seconds; a silence so long means that the connection is dead. */
const SILENCE_MS = 45_000;

type Send = (request: Request) => Promise<Response>;

/** How long to wait before trying again after so many failures in a row: twice as long each time, and never in step. */
export function waitMs(failures: number, askedMs: number, chance: number = Math.random()): number {
  const longest = Math.min(LONGEST_WAIT_MS, askedMs * 2 ** failures);
  return Math.round(longest * (0.5 + chance / 2));
}

export class LiveStream {
  #state: LiveState = "off";
  #lastId: string | null = null;
  #retryMs = FIRST_WAIT_MS;
  #failures = 0;
  #abort: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  readonly #send: Send;
  readonly #onNews: (news: News) => void;
  readonly #listeners = new Set<() => void>();

  constructor(onNews: (news: News) => void, send: Send = (request) => session.send(request)) {
    this.#onNews = onNews;
    this.#send = send;
  }

  get state(): LiveState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): LiveState => this.#state;

  /** Connects, unless it is at it already; at once when it was waiting. */
  start(): void {
    if (this.#abort) return;
    clearTimeout(this.#timer);
    void this.#run(new AbortController());
  }

  /** Lets go, and remembers where it was for the next start. */
  pause(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    this.#abort?.abort();
    this.#abort = null;
    this.#set("off");
  }

  /** Connects anew: after a change of network the old connection may hang for a long time before it breaks. */
  restart(): void {
    this.pause();
    this.start();
  }

  /** Lets go and forgets: the next start is somebody else's. */
  stop(): void {
    this.pause();
    this.#lastId = null;
    this.#failures = 0;
  }

  async #run(abort: AbortController): Promise<void> {
    this.#abort = abort;
    this.#set("connecting");
    const gone = await this.#follow(abort).catch(() => "failed" as const);
    clearTimeout(this.#silence);
    if (this.#abort !== abort) return; // paused, or another run took over
    this.#abort = null;
    if (gone === "refused") return this.#set("off");
    if (gone === "failed") this.#failures += 1;
    else this.#failures = 0;
    this.#set("waiting");
    this.#timer = setTimeout(() => this.start(), waitMs(this.#failures, this.#retryMs));
  }

  async #follow(abort: AbortController): Promise<"ended" | "failed" | "refused"> {
    const headers: Record<string, string> = { accept: "text/event-stream" };
    if (this.#lastId !== null) headers["last-event-id"] = this.#lastId;
    this.#watch(abort);
    const address = new URL(PATH, globalThis.location?.origin ?? "http://localhost");
    const response = await this.#send(new Request(address, { headers, signal: abort.signal, cache: "no-store" }));
    if (!response.ok || !response.body)
      return response.status === 401 || response.status === 403 ? "refused" : "failed";
    return this.#read(response.body, abort);
  }

  async #read(body: ReadableStream<Uint8Array>, abort: AbortController): Promise<"ended" | "failed"> {
    const reader = new MessageReader();
    const decoder = new TextDecoder();
    const chunks = body.getReader();
    let ended = false;
    for (;;) {
      const { done, value } = await chunks.read();
      if (done || this.#abort !== abort) return ended ? "ended" : "failed";
      this.#watch(abort);
      this.#failures = 0;
      this.#set("live");
      for (const message of reader.read(decoder.decode(value, { stream: true }))) ended = this.#take(message) || ended;
    }
  }

  /** Whether the message was the server's goodbye. */
  #take(message: Message): boolean {
    if (message.retryMs !== null) this.#retryMs = Math.max(FIRST_WAIT_MS, message.retryMs);
    if (message.id !== null) this.#lastId = message.id || null;
    if (message.event !== "end") this.#onNews({ kind: message.event, data: dataOf(message.data) });
    return message.event === "end";
  }

  #watch(abort: AbortController): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => abort.abort(), SILENCE_MS);
  }

  #set(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function dataOf(text: string): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
