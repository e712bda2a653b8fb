// Development only: answers the API with the invented data of data.mjs. See README.md.
import { createServer } from "node:http";
import { clients, dashboard, enquiries, pipeline, quotes, timeline } from "./data.mjs";

const MODE = process.env.FIXTURE ?? "full";
const PORT = Number(process.env.PORT ?? 8090);
const user = {
  id: "018f0000-0000-7000-8000-000000000001",
  email: "naledi@africastay.example",
  name: "Naledi Jacobs",
  role: "admin",
  tenant_id: "africastay",
};
const grant = () => ({ access_token: "fixture", token_type: "bearer", expires_in: 600, refresh_token: null, user });

class Refusal extends Error {
  constructor(status, code, extra = {}) {
    super(code);
    Object.assign(this, { status, code, extra });
  }
}

function page(items, query) {
  const limit = Number(query.get("limit") ?? 50);
  const from = Number(query.get("cursor") ?? 0);
  const found = MODE === "empty" ? [] : items;
  return {
    items: found.slice(from, from + limit),
    next_cursor: from + limit < found.length ? String(from + limit) : null,
  };
}

function find(list, id) {
  const found = list.find((entry) => entry.id === id);
  if (!found) throw new Refusal(404, "not_found");
  return found;
}

function login(body, response) {
  if (body.password === "wrong") throw new Refusal(401, "invalid_credentials");
  if (body.email === "two@example.com" && !body.tenant_id) {
    throw new Refusal(409, "tenant_required", {
      tenants: [
        { tenant_id: "africastay", name: "AfricaStay" },
        { tenant_id: "nordlys", name: "Nordlys Reiser" },
      ],
    });
  }
  response.setHeader("set-cookie", "tembea_refresh=fixture; HttpOnly; SameSite=Strict; Path=/api/v1/auth");
  return grant();
}

function refresh(request) {
  if (!request.headers.cookie?.includes("tembea_refresh=fixture")) throw new Refusal(401, "session_ended");
  return grant();
}

const contains = (text, q) => !q || text.toLowerCase().includes(q.toLowerCase());

function quoteList(query) {
  const q = query.get("q");
  return quotes.filter(
    (quote) =>
      (!query.get("status") || quote.status === query.get("status")) &&
      (!query.get("client_id") || quote.client_id === query.get("client_id")) &&
      (!query.get("destination") || quote.destination === query.get("destination")) &&
      contains(`${quote.number} ${quote.customer.name} ${quote.destination}`, q),
  );
}

function dashboardAnswer(query) {
  const whole = dashboard(query.get("period"));
  if (MODE !== "partial") return whole;
  const failed = { code: "section_timeout", detail: "The source did not answer in time." };
  return {
    ...whole,
    calls: null,
    quotes: null,
    errors: { calls: failed, quotes: failed },
    cache: { status: "stale", age_ms: 92_000 },
  };
}

const hotel = (n) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 240"><rect width="400" height="240" fill="hsl(${190 + n * 14} 55% 78%)"/><circle cx="${120 + n * 70}" cy="80" r="30" fill="hsl(42 90% 82%)"/><path d="M0 160 Q100 120 200 150 T400 140 V240 H0Z" fill="hsl(${190 + n * 10} 45% 52%)"/><path d="M0 200 Q140 170 400 205 V240 H0Z" fill="hsl(40 45% 76%)"/></svg>`;

const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>endobj
4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
5 0 obj<</Length 53>>stream
BT /F1 24 Tf 60 760 Td (A quote as the PDF) Tj ET....
endstream endobj
trailer<</Root 1 0 R>>`;

const ROUTES = [
  ["GET", /^\/branding$/, () => ({ tenant_id: "africastay", name: "AfricaStay", accent: "#b4532a", logo_url: null })],
  ["POST", /^\/auth\/login$/, ({ body, response }) => login(body, response)],
  ["POST", /^\/auth\/refresh$/, ({ request }) => refresh(request)],
  [
    "POST",
    /^\/auth\/logout$/,
    ({ response }) => void response.setHeader("set-cookie", "tembea_refresh=; Max-Age=0; Path=/api/v1/auth"),
  ],
  ["GET", /^\/auth\/me$/, () => user],
  ["GET", /^\/dashboard\/all$/, ({ query }) => dashboardAnswer(query)],
  [
    "GET",
    /^\/enquiries$/,
    ({ query }) =>
      page(
        enquiries.filter((entry) => !query.get("status") || query.getAll("status").join(",").includes(entry.status)),
        query,
      ),
  ],
  ["GET", /^\/enquiries\/([^/]+)$/, ({ id }) => find(enquiries, id)],
  [
    "POST",
    /^\/enquiries\/([^/]+)\/accept$/,
    ({ id }) => Object.assign(find(enquiries, id), { status: "quoted", quote_id: quotes[0].id }) && quotes[0],
  ],
  ["POST", /^\/enquiries\/([^/]+)\/dismiss$/, ({ id }) => Object.assign(find(enquiries, id), { status: "ignored" })],
  ["GET", /^\/quotes$/, ({ query }) => page(quoteList(query), query)],
  [
    "POST",
    /^\/quotes\/generate$/,
    ({ body }) => {
      if (/mars/i.test(body.destination))
        throw new Refusal(422, "cannot_price", {
          rejected: [{ hotel: { name: "Baobab Beach Resort" }, code: "closed", detail: "Closed on these dates." }],
        });
      return quotes[0];
    },
  ],
  ["GET", /^\/quotes\/([^/]+)$/, ({ id }) => find(quotes, id)],
  ["GET", /^\/quotes\/([^/]+)\/pdf$/, () => ({ raw: PDF, type: "application/pdf" })],
  [
    "POST",
    /^\/quotes\/([^/]+)\/send$/,
    ({ id }) => Object.assign(find(quotes, id), { status: "sent", sent_at: new Date().toISOString() }),
  ],
  ["POST", /^\/quotes\/([^/]+)\/cancel$/, ({ id }) => Object.assign(find(quotes, id), { status: "cancelled" })],
  [
    "GET",
    /^\/crm\/clients$/,
    ({ query }) =>
      page(
        clients.filter(
          (client) =>
            (!query.get("stage") || client.stage === query.get("stage")) && contains(client.name, query.get("q")),
        ),
        query,
      ),
  ],
  ["GET", /^\/crm\/clients\/([^/]+)$/, ({ id }) => find(clients, id)],
  ["GET", /^\/crm\/clients\/([^/]+)\/timeline$/, ({ id, query }) => page(timeline(find(clients, id)), query)],
  [
    "POST",
    /^\/crm\/clients\/([^/]+)\/stage$/,
    ({ id, body }) =>
      Object.assign(find(clients, id), { stage: body.stage, stage_changed_at: new Date().toISOString() }),
  ],
  ["GET", /^\/crm\/pipeline$/, () => pipeline()],
  ["GET", /^\/fixture\/hotel-(\d)\.svg$/, ({ id }) => ({ raw: hotel(Number(id)), type: "image/svg+xml" })],
];

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length ? JSON.parse(Buffer.concat(chunks).toString() || "{}") : {};
}

function refuse(response, { status = 500, code = "internal", extra = {} }) {
  response.writeHead(status, { "content-type": "application/problem+json" });
  response.end(
    JSON.stringify({
      type: `urn:tembea:problem:${code}`,
      title: code,
      status,
      detail: "This is an invented failure.",
      code,
      request_id: "req_7f3a91c2",
      ...extra,
    }),
  );
}

createServer(async (request, response) => {
  const url = new URL(request.url, "http://fixture");
  const path = url.pathname.replace(/^\/api\/v1/, "");
  try {
    if (MODE === "slow") await new Promise((done) => setTimeout(done, 60_000));
    if (MODE === "broken" && !/auth|branding/.test(path)) throw new Refusal(500, "internal");
    if (MODE === "forbidden" && !/auth|branding/.test(path)) throw new Refusal(403, "forbidden");
    for (const [method, pattern, answer] of ROUTES) {
      const match = pattern.exec(path);
      if (method !== request.method || !match) continue;
      const body = method === "POST" ? await read(request) : {};
      const result = answer({ id: match[1], query: url.searchParams, body, request, response });
      if (result?.raw) return response.writeHead(200, { "content-type": result.type }).end(result.raw);
      return response
        .writeHead(result === undefined ? 204 : 200, { "content-type": "application/json" })
        .end(result && JSON.stringify(result));
    }
    throw new Refusal(404, "not_found");
  } catch (error) {
    refuse(response, error);
  }
}).listen(PORT, "127.0.0.1", () => console.log(`fixtures (${MODE}) on http://127.0.0.1:${PORT}`));
