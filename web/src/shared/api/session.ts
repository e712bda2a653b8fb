/**
 * Who is signed in. The access token lives in memory alone; the refresh token is an HttpOnly cookie that only the
 * server reads. A mark in local storage says that a session may exist (it is no secret) and carries sign-out to other tabs.
 */
import { Problem } from "./problem";
import type { Grant, User } from "./types";

/** Why somebody is signed out: their session ended, or they left. */
type Parting = "ended" | "left";

export type SessionState =
  | { status: "unknown" }
  | { status: "signed_out"; reason?: Parting }
  | { status: "signed_in"; user: User };

const MARK = "tembea.session";
const EARLY_MS = 30_000;
const UNFINISHED = "tembea.refreshing";
const UNFINISHED_MS = 3_000;
const SETTLE_MS = 700;

type Fetch = (request: Request) => Promise<Response>;

export class Session {
  #state: SessionState = { status: "unknown" };
  #token: string | null = null;
  #expiresAt = 0;
  #refreshing: Promise<boolean> | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #fetch: Fetch;

  constructor(fetch: Fetch = (request) => globalThis.fetch(request)) {
    this.#fetch = fetch;
  }

  get state(): SessionState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): SessionState => this.#state;

  /** Takes over what log-in or refresh answered. */
  start(grant: Grant): void {
    this.#token = grant.access_token;
    this.#expiresAt = Date.now() + grant.expires_in * 1000;
    mark(true);
    this.#set({ status: "signed_in", user: grant.user });
  }

  /** Looks for a session to take up, once, when the app starts. */
  async restore(): Promise<void> {
    if (!marked() || !(await this.refresh())) this.#forget();
  }

  /** Signs out here and in every other tab. */
  async end(): Promise<void> {
    const request = new Request(address("/api/v1/auth/logout"), { method: "POST", headers: this.#headers() });
    this.#forget("left");
    await this.#fetch(request).catch(() => undefined);
  }

  /** Another tab signed out. */
  endedElsewhere(): void {
    this.#forget("ended");
  }

  /** A new access token; however many ask at once, one call goes out. False when the session is over. */
  refresh(): Promise<boolean> {
    this.#refreshing ??= this.#refreshOnce().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** Sends with the token; renews it when it is about to end, and once more when the server says 401. */
  async send(request: Request): Promise<Response> {
    if (this.#state.status === "signed_out" && !isPublic(request.url)) {
      throw new Problem(401, { code: "signed_out" }, null);
    }
    if (this.#token && Date.now() > this.#expiresAt - EARLY_MS) await this.refresh();
    const again = request.clone();
    const first = await this.#sendOnce(request);
    if (first.status !== 401 || !this.#token || isPublic(request.url)) return first;
    if (await this.refresh()) return this.#sendOnce(again);
    this.#forget("ended");
    return first;
  }

  async #sendOnce(request: Request): Promise<Response> {
    for (const [name, value] of Object.entries(this.#headers())) request.headers.set(name, value);
    try {
      return await this.#fetch(request);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw Problem.offline();
    }
  }

  async #refreshOnce(): Promise<boolean> {
    // Tabs share the cookie, and a refresh token counts once: a lock keeps two tabs from using the same one.
    const locks = globalThis.navigator?.locks;
    return locks ? locks.request("tembea.refresh", () => this.#renew()) : this.#renew();
  }

  async #renew(): Promise<boolean> {
    await afterUnfinishedRefresh();
    const request = new Request(address("/api/v1/auth/refresh"), {
      method: "POST",
      // A reload must not break it off: the server has then used the token up, and the new cookie would be lost.
      keepalive: true,
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    note(UNFINISHED, String(Date.now()));
    const response = await this.#sendPlain(request).finally(() => note(UNFINISHED, null));
    if (response.status >= 400 && response.status < 500) return false;
    if (!response.ok) throw Problem.of(response, await response.json().catch(() => null));
    this.start((await response.json()) as Grant);
    return true;
  }

  async #sendPlain(request: Request): Promise<Response> {
    try {
      return await this.#fetch(request);
    } catch {
      throw Problem.offline();
    }
  }

  #headers(): Record<string, string> {
    return this.#token ? { authorization: `Bearer ${this.#token}` } : {};
  }

  #forget(reason?: Parting): void {
    this.#token = null;
    mark(false);
    this.#set({ status: "signed_out", reason });
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** What can be asked without being signed in. */
function isPublic(url: string): boolean {
  return /\/(auth\/(login|refresh|password\/(forgot|reset)|invitations\/accept)|branding)$/.test(new URL(url).pathname);
}

function address(path: string): string {
  return new URL(path, globalThis.location?.origin ?? "http://localhost").href;
}

/** A page that was left in the middle of a refresh: its new cookie arrives in a moment. */
async function afterUnfinishedRefresh(): Promise<void> {
  const since = Date.now() - Number(noted(UNFINISHED) ?? 0);
  if (since >= 0 && since < UNFINISHED_MS) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}

function marked(): boolean {
  return noted(MARK) !== null;
}

function mark(on: boolean): void {
  note(MARK, on ? "1" : null);
}

function noted(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function note(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage may be forbidden: a reload then asks to sign in again, and sign-out does not reach other tabs.
  }
}

/** The app's one session. */
export const session = new Session();

globalThis.addEventListener?.("storage", (event) => {
  if (event.key === MARK && event.newValue === null && session.state.status === "signed_in") session.endedElsewhere();
});
