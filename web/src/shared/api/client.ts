import createClient from "openapi-fetch";
import { Problem } from "./problem";
import type { paths } from "./schema";
import { session } from "./session";

/** The typed client; every call carries the session's token. */
export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? "",
  fetch: (request) => session.send(request),
});

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The answer's data, or a thrown Problem. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw Problem.of(response, error);
  return data as T;
}

/** Bytes behind an address that wants the token: documents and pictures. */
export async function fetchBlob(path: string, signal?: AbortSignal): Promise<Blob> {
  const response = await session.send(new Request(new URL(path, globalThis.location.origin), { signal }));
  if (!response.ok) throw Problem.of(response, await response.json().catch(() => null));
  return response.blob();
}
