import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveStream, type News, waitMs } from "./stream";

/** A server whose streams the test writes into. */
class Server {
  requests: Request[] = [];
  streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  status = 200;

  send = async (request: Request): Promise<Response> => {
    this.requests.push(request);
    if (this.status === 0) throw new Error("away");
    if (this.status !== 200) return new Response(null, { status: this.status });
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.streams.push(controller);
        request.signal.addEventListener("abort", () => controller.error(new DOMException("", "AbortError")));
      },
    });
    return new Response(body);
  };

  async say(text: string): Promise<void> {
    this.streams.at(-1)?.enqueue(new TextEncoder().encode(text));
    await vi.advanceTimersByTimeAsync(0);
  }

  async hangUp(): Promise<void> {
    this.streams.at(-1)?.close();
    await vi.advanceTimersByTimeAsync(0);
  }
}

describe("the tab's stream", () => {
  let server: Server;
  let news: News[];
  let stream: LiveStream;

  beforeEach(async () => {
    vi.useFakeTimers();
    server = new Server();
    news = [];
    stream = new LiveStream((one) => news.push(one), server.send);
    stream.start();
    await vi.advanceTimersByTimeAsync(0);
  });
  afterEach(() => {
    stream.stop();
    vi.useRealTimers();
  });

  it("brings the news and is live from the first word", async () => {
    expect(stream.state).toBe("connecting");
    await server.say(': hello\n\nid: 1\nevent: enquiry.received\ndata: {"enquiry_id":"e1"}\n\n');
    expect(stream.state).toBe("live");
    expect(news).toEqual([{ kind: "enquiry.received", data: { enquiry_id: "e1" } }]);
  });

  it("is opened once however many ask for it", async () => {
    stream.start();
    stream.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.requests).toHaveLength(1);
  });

  it("goes on after the last event that it read", async () => {
    await server.say("id: 41\nevent: quote.status\ndata: {}\n\n");
    await server.hangUp();
    expect(stream.state).toBe("waiting");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.requests.map((request) => request.headers.get("last-event-id"))).toEqual([null, "41"]);
  });

  it("waits longer the more often it fails, and not for ever", async () => {
    server.status = 0;
    await server.hangUp();
    await vi.advanceTimersByTimeAsync(60_000);
    const soon = server.requests.length;
    await vi.advanceTimersByTimeAsync(60_000);
    const later = server.requests.length - soon;
    expect(soon).toBeGreaterThan(later);
    expect(later).toBeGreaterThanOrEqual(2);
    expect([0, 1, 2, 9].map((failures) => waitMs(failures, 1_000, 1))).toEqual([1_000, 2_000, 4_000, 30_000]);
  });

  it("takes a long silence for a dead connection", async () => {
    await server.say(": hello\n\n");
    await vi.advanceTimersByTimeAsync(44_000);
    expect(server.requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.requests.length).toBeGreaterThan(1);
  });

  it("comes back after the time that the server's goodbye names", async () => {
    await server.say('retry: 4000\nevent: end\ndata: {"reason":"shutdown"}\n\n');
    await server.hangUp();
    await vi.advanceTimersByTimeAsync(1_900);
    expect(server.requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_200);
    expect(server.requests).toHaveLength(2);
    expect(news).toEqual([]);
  });

  it("stays away where it is not allowed", async () => {
    server.status = 403;
    await server.hangUp();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(server.requests).toHaveLength(2);
    expect(stream.state).toBe("off");
  });

  it("connects anew when the network is another, from where it was", async () => {
    await server.say("id: 9\nevent: quote.status\ndata: {}\n\n");
    stream.restart();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.requests.map((request) => request.headers.get("last-event-id"))).toEqual([null, "9"]);
    await server.say("id: 10\nevent: quote.status\ndata: {}\n\n");
    expect(stream.state).toBe("live");
    expect(news).toHaveLength(2);
  });

  it("rests and takes up again where it was; another person starts afresh", async () => {
    await server.say("id: 5\nevent: quote.status\ndata: {}\n\n");
    stream.pause();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(server.requests).toHaveLength(1);
    stream.start();
    stream.stop();
    stream.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.requests.map((request) => request.headers.get("last-event-id"))).toEqual([null, "5", null]);
  });
});
