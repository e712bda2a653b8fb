import { beforeEach, describe, expect, it } from "vitest";
import { Session } from "./session";

const user = { id: "1", email: "a@example.com", name: "Ann", role: "admin" as const, tenant_id: "one" };

function grant(token: string, expiresIn = 600) {
  return { access_token: token, token_type: "bearer" as const, expires_in: expiresIn, refresh_token: null, user };
}

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

/** A server that knows one good token and hands out the next on refresh. */
class Server {
  good = "token-0";
  refreshes = 0;
  refreshAllowed = true;
  seen: (string | null)[] = [];

  fetch = async (request: Request): Promise<Response> => {
    await Promise.resolve();
    if (request.url.endsWith("/auth/refresh")) {
      this.refreshes += 1;
      if (!this.refreshAllowed) return json({ code: "session_ended" }, 401);
      this.good = `token-${this.refreshes}`;
      return json(grant(this.good));
    }
    if (request.url.endsWith("/auth/logout")) return new Response(null, { status: 204 });
    const given = request.headers.get("authorization");
    this.seen.push(given);
    return given === `Bearer ${this.good}` ? json({ body: await request.text() }) : json({ code: "unauthorized" }, 401);
  };
}

const call = (body?: string) =>
  new Request("http://localhost/api/v1/quotes", body === undefined ? {} : { method: "POST", body });

describe("Session", () => {
  let server: Server;
  let session: Session;

  beforeEach(() => {
    localStorage.clear();
    server = new Server();
    session = new Session(server.fetch);
    session.start(grant("token-0"));
  });

  it("sends the token and keeps it out of storage", async () => {
    expect((await session.send(call())).status).toBe(200);
    expect(JSON.stringify({ ...localStorage })).not.toContain("token-0");
  });

  it("refreshes once however many calls meet an ended token", async () => {
    server.good = "elsewhere";
    const answers = await Promise.all([session.send(call()), session.send(call()), session.send(call())]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect(server.refreshes).toBe(1);
  });

  it("repeats a call with its body after refreshing", async () => {
    server.good = "elsewhere";
    const answer = await session.send(call("hello"));
    expect(await answer.json()).toEqual({ body: "hello" });
  });

  it("refreshes before a token that is about to end is used", async () => {
    session.start(grant("token-0", 10));
    await session.send(call());
    expect(server.refreshes).toBe(1);
    expect(server.seen).toEqual(["Bearer token-1"]);
  });

  it("signs out when refreshing is refused, and says so", async () => {
    server.good = "elsewhere";
    server.refreshAllowed = false;
    expect((await session.send(call())).status).toBe(401);
    expect(session.state).toEqual({ status: "signed_out", reason: "ended" });
  });

  it("takes up a session that the browser may still hold", async () => {
    const next = new Session(server.fetch);
    await next.restore();
    expect(next.state).toEqual({ status: "signed_in", user });
  });

  it("asks nobody where there was never a session", async () => {
    localStorage.clear();
    const fresh = new Session(server.fetch);
    await fresh.restore();
    expect(fresh.state.status).toBe("signed_out");
    expect(server.refreshes).toBe(0);
  });

  it("reports an unreachable server as offline and stays signed in", async () => {
    const lost = new Session(() => Promise.reject(new TypeError("Failed to fetch")));
    lost.start(grant("token-0"));
    await expect(lost.send(call())).rejects.toMatchObject({ code: "offline" });
    expect(lost.state.status).toBe("signed_in");
  });

  it("sends nothing for somebody who is signed out", async () => {
    await session.end();
    await expect(session.send(call())).rejects.toMatchObject({ status: 401 });
    expect(server.seen).toEqual([]);
  });

  it("forgets on sign-out even when the server does not answer", async () => {
    const lost = new Session(() => Promise.reject(new TypeError("Failed to fetch")));
    lost.start(grant("token-0"));
    await lost.end();
    expect(lost.state.status).toBe("signed_out");
  });
});
