/** A failed call, as RFC 9457 describes it, or as the browser saw it when nothing answered. */

export type FieldFault = { loc: string; msg: string };

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string | null;
  readonly errors: FieldFault[];
  /** The whole document: some problems carry more, for example the tenants to choose from. */
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>, requestId: string | null) {
    const detail = typeof body.detail === "string" ? body.detail : "";
    super(detail || `HTTP ${status}`);
    this.name = "Problem";
    this.status = status;
    this.code = typeof body.code === "string" ? body.code : "unknown";
    this.detail = detail;
    this.requestId = typeof body.request_id === "string" ? body.request_id : requestId;
    this.errors = Array.isArray(body.errors) ? (body.errors as FieldFault[]) : [];
    this.body = body;
  }

  /** From an answer whose body is already read. */
  static of(response: Response, body: unknown): Problem {
    const document = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
    return new Problem(response.status, document, response.headers.get("x-request-id"));
  }

  /** Nothing answered: no network, or the server is away. */
  static offline(): Problem {
    return new Problem(0, { code: "offline" }, null);
  }

  get isOffline(): boolean {
    return this.status === 0;
  }
}

/** Whatever was thrown, as a Problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, { code: "unexpected", detail: error instanceof Error ? error.message : "" }, null);
}
