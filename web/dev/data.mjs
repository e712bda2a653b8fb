// Invented agencies, people and trips, the same on every start but for dates, which hang on today.
const DAY = 86_400_000;
const now = Date.now();
export const iso = (daysAgo, hour = 9) => new Date(now - daysAgo * DAY - hour * 60_000).toISOString();
export const day = (ahead) => new Date(now + ahead * DAY).toISOString().slice(0, 10);

let seed = 7;
const random = () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};
const pick = (list) => list[Math.floor(random() * list.length)];
let counter = 0;
const id = () => {
  counter += 1;
  return `018f${String(counter).padStart(4, "0")}-0000-7000-8000-000000000000`;
};
const money = (amount, currency = "ZAR") => ({ amount: amount.toFixed(2), currency });

const NAMES = [
  "Thandi Mokoena",
  "Łukasz Nowak",
  "Sarah van der Merwe",
  "Õzer Demir",
  "Ñandú Quiroga",
  "James Whitfield",
  "Priya Naidoo",
  "Amahle Dlamini",
  "Claire Dubois",
  "Pieter Botha",
  "Grace Okafor",
  "Henrik Lindqvist",
  "Mei Tanaka",
  "Lerato Khumalo",
  "Oliver Grant",
  "Fatima Essa",
];
const PLACES = ["Zanzibar", "Mauritius", "Kruger National Park", "Cape Town", "Victoria Falls", "Maldives"];
const HOTELS = [
  "Baobab Beach Resort",
  "Coral Bay Lodge",
  "The Dhow House",
  "Kilindi Sands",
  "Mnemba View Hotel",
  "Acacia Ridge Camp",
];
const STAGES = ["NEW", "QUOTED", "NEGOTIATING", "BOOKED", "PAID", "TRAVELLED", "LOST"];
const STATUSES = ["draft", "sent", "viewed", "accepted", "declined", "expired", "converted", "sent", "viewed", "sent"];
const OWNERS = [
  { id: id(), name: "Naledi Jacobs" },
  { id: id(), name: "Tom Adams" },
];

function option(place, at, nights) {
  const total = 18_000 + Math.floor(random() * 60_000) + at * 9_400;
  const hotel = {
    id: id(),
    name: HOTELS[(at + Math.floor(random() * 3)) % HOTELS.length],
    destination: place,
    stars: 3 + at,
    image_url: `/api/v1/fixture/hotel-${at}.svg`,
  };
  return {
    id: id(),
    hotel,
    lines: [
      {
        kind: "room",
        description: `Garden room, ${nights} nights, half board`,
        quantity: 1,
        amount: money(total * 0.82),
      },
      { kind: "supplement", description: "Child sharing, aged 9", quantity: 1, amount: money(total * 0.12) },
      { kind: "tax", description: "Tourism levy", quantity: 2, amount: money(total * 0.06) },
    ],
    total: money(total),
    stays: [
      {
        hotel,
        check_in: day(40),
        check_out: day(40 + nights),
        board: pick(["BB", "HB", "AI"]),
        rooms: [{ room: "Garden room", guests: ["adult", "adult", "child 9"] }],
      },
    ],
  };
}

export const clients = Array.from({ length: 46 }, (_, at) => {
  const name = at < NAMES.length ? NAMES[at] : `${pick(NAMES).split(" ")[0]} ${pick(NAMES).split(" ").at(-1)}`;
  const stage = STAGES[[0, 1, 1, 2, 3, 4, 5, 6, 1, 0][at % 10]];
  const value = money(20_000 + Math.floor(random() * 90_000));
  const place = pick(PLACES);
  return {
    id: id(),
    name,
    emails: [`${name.split(" ")[0].toLowerCase()}@example.com`],
    phones: ["+27825550100"],
    stage,
    stage_changed_at: iso(at % 23, at),
    owner: at % 4 === 0 ? null : OWNERS[at % 2],
    tags: at % 3 === 0 ? ["honeymoon"] : [],
    language: "en",
    source: "email",
    created_at: iso(60 + at),
    last_contact_at: iso(at % 14, 30 + at),
    totals: { quotes: 2, quoted: [value], booked: [], invoiced: [], paid: [], outstanding: [] },
    trip:
      stage === "NEW" && at % 2
        ? null
        : {
            quote_id: id(),
            number: "QT-20261001-0001",
            status: "sent",
            destination: place,
            check_in: day(30 + at),
            check_out: day(37 + at),
            value,
          },
  };
});

export const quotes = Array.from({ length: 64 }, (_, at) => {
  const client = clients[at % clients.length];
  const place = pick(PLACES);
  const nights = 4 + (at % 7);
  const status = STATUSES[at % STATUSES.length];
  const options = [0, 1, 2].map((n) => ({ ...option(place, n, nights) }));
  return {
    id: id(),
    number: `QT-${day(-at).replaceAll("-", "")}-${String(1 + (at % 9)).padStart(4, "0")}`,
    version: at % 11 === 4 ? 2 : 1,
    status,
    customer: { name: client.name, email: client.emails[0], phone: client.phones[0] },
    client_id: client.id,
    consultant: "Naledi Jacobs",
    destination: place,
    check_in: day(40),
    check_out: day(40 + nights),
    nights,
    guests: { adults: 2, children_ages: at % 3 === 0 ? [4, 9] : [] },
    options,
    selected_option_id: status === "accepted" || status === "converted" ? options[1].id : null,
    currency: "ZAR",
    valid_until: day(at % 8),
    created_at: iso(at / 2, at * 7),
    sent_at: status === "draft" ? null : iso(at / 2, at),
    viewed_at: status === "viewed" || status === "accepted" ? iso(at / 3, at) : null,
    accepted_at: status === "accepted" ? iso(at / 4, at) : null,
    public_url: `/q/token${at}`,
    pdf_url: null,
    explanation_url: null,
  };
});

const MAIL = `Hello,

My husband and I would like to go to Zanzibar for our anniversary 🌴
We are two adults and two kids (4 and 9), and we could arrive on 12 March and stay for 7 nights.
Half board would be lovely, and our budget is around R95 000 in total.

Could you send us something this week? You can reach me on 082 555 0100.

Kind regards,
Thandi Mokoena`;

const places = [
  ["destinations", "Zanzibar", "destination.name"],
  ["check_in", "12 March", "dates.day_month"],
  ["nights", "7 nights", "dates.nights"],
  ["adults", "two adults", "guests.adults"],
  ["children_ages", "two kids (4 and 9)", "guests.ages"],
  ["board", "Half board", "board.word"],
  ["budget", "R95 000 in total", "budget.total"],
  ["customer_phone", "082 555 0100", "phone"],
];
const points = (text) => [...text].length;
const evidence = Object.fromEntries(
  places.map(([field, text, rule]) => {
    const start = points(MAIL.slice(0, MAIL.indexOf(text)));
    return [field, { text, start, end: start + points(text), rule }];
  }),
);

const trip = (missing, place = "Zanzibar") => ({
  kind: "quote_request",
  customer_name: "Thandi Mokoena",
  customer_email: "thandi@example.com",
  customer_phone: "+27825550100",
  destinations: missing.includes("destination") ? [] : [place],
  unmatched_destinations: [],
  hotels: [],
  check_in: missing.includes("dates") ? null : day(110),
  check_out: missing.includes("dates") ? null : day(117),
  nights: 7,
  dates_flexible: false,
  travel_month: null,
  adults: 2,
  children_ages: missing.includes("children_ages") ? [] : [4, 9],
  children_count: 2,
  rooms: null,
  board: "HB",
  budget: { amount: "95000.00", currency: "ZAR", basis: "total" },
  missing,
});

const ENQUIRY_STATES = [
  "parsed",
  "needs_review",
  "waiting_for_customer",
  "quoted",
  "received",
  "ignored",
  "quoted",
  "parsed",
  "failed",
];
const SUBJECTS = [
  "Anniversary in Zanzibar",
  "Family safari, two kids",
  "Re: Mauritius in December",
  "Honeymoon quote please",
  "Group of 14 to Cape Town",
  "Victoria Falls long weekend",
];
export const enquiries = Array.from({ length: 18 }, (_, at) => {
  const client = clients[at % clients.length];
  const status = ENQUIRY_STATES[at % ENQUIRY_STATES.length];
  const missing = status === "needs_review" || status === "waiting_for_customer" ? ["dates", "children_ages"] : [];
  return {
    id: id(),
    status,
    kind: "quote_request",
    from_name: client.name,
    from_email: client.emails[0],
    subject: SUBJECTS[at % SUBJECTS.length],
    preview: MAIL.slice(0, 90).replaceAll("\n", " "),
    received_at: iso(at / 3, at * 11),
    missing,
    client_id: client.id,
    quote_id: status === "quoted" ? quotes[at].id : null,
    trip_request: status === "received" ? null : trip(missing, pick(PLACES)),
    evidence: status === "received" ? {} : evidence,
    reasons: [],
    thread: [
      {
        id: id(),
        direction: "in",
        from: `${client.name} <${client.emails[0]}>`,
        to: "quotes@africastay.example",
        subject: SUBJECTS[at % SUBJECTS.length],
        text: MAIL,
        received_at: iso(at / 3, at * 11),
        attachments:
          at % 4 === 0 ? [{ filename: "passports.pdf", content_type: "application/pdf", size: 482_113 }] : [],
      },
      ...(status === "quoted" || status === "waiting_for_customer"
        ? [
            {
              id: id(),
              direction: "out",
              from: "AfricaStay <quotes@africastay.example>",
              to: client.emails[0],
              subject: `Re: ${SUBJECTS[at % SUBJECTS.length]}`,
              text: "Dear Thandi,\n\nThank you for writing to us. Your quote with three options is attached.\n\nKind regards,\nNaledi Jacobs",
              received_at: iso(at / 3 - 0.1, 0),
              attachments: [{ filename: "QT-20261101-0004.pdf", content_type: "application/pdf", size: 212_480 }],
            },
          ]
        : []),
    ],
  };
});

export function timeline(client) {
  const entry = (kind, title, detail, ago, actor) => ({
    id: id(),
    kind,
    title,
    detail,
    link: kind.startsWith("quote")
      ? `/quotes/${quotes[0].id}`
      : kind.startsWith("enquiry")
        ? `/inbox/${enquiries[0].id}`
        : "",
    actor,
    occurred_at: iso(ago),
  });
  return [
    entry("quote.viewed", "Quote viewed", "", 1, client.name),
    entry("quote.sent", "Quote QT-20261101-0004 sent", "Three options in Zanzibar", 2, "Naledi Jacobs"),
    entry("note.added", "Note", "Prefers the north coast; allergic to shellfish.", 3, "Naledi Jacobs"),
    entry("stage.changed", "Moved to Quoted", "By quote", 3, "Tembea"),
    entry("enquiry.received", "Anniversary in Zanzibar", "", 4, client.name),
  ];
}

const stageTotals = () =>
  STAGES.map((stage) => {
    const inStage = clients.filter((client) => client.stage === stage && client.trip);
    return {
      stage,
      count: clients.filter((client) => client.stage === stage).length,
      value: inStage.length ? [money(inStage.reduce((sum, client) => sum + Number(client.trip.value.amount), 0))] : [],
    };
  });
export const pipeline = () => ({ stages: stageTotals() });

const LENGTHS = { "7d": 7, "30d": 30, "90d": 90, year: 365, all: 540 };
export function dashboard(period) {
  const days = LENGTHS[period] ?? 30;
  const trend = Array.from({ length: days }, (_, at) => {
    const count = Math.max(0, Math.round(3 + 3 * Math.sin(at / 3) + random() * 3 - (at % 7 > 4 ? 3 : 0)));
    return {
      date: day(at - days + 1),
      count,
      value: count ? [money(count * 41_500), ...(at % 5 === 0 ? [money(1_460, "USD")] : [])] : [],
    };
  });
  const total = trend.reduce((sum, point) => sum + point.count, 0);
  const figures = (share) => ({
    quotes: {
      total: Math.round(total * share),
      accepted: Math.round(total * 0.31 * share),
      pending: 23,
      conversion_rate: 0.31 * share,
    },
    revenue: {
      invoiced: [money(1_284_000 * share)],
      collected: [money(912_450 * share)],
      outstanding: [money(371_550 * share)],
      overdue: [money(84_300 * share)],
    },
    clients: { total: 312, new: Math.round(28 * share), active: 74 },
    calls: { completed: 41, pending: 3, scheduled: 5 },
  });
  const bucket = (count, amount) => ({ count, value: count ? [money(amount)] : [] });
  const activity = quotes.slice(0, 14).map((quote, at) => ({
    type: ["quote", "enquiry", "call", "client"][at % 4],
    status: "sent",
    title: [
      `Quote ${quote.number} viewed`,
      "New enquiry: Anniversary in Zanzibar",
      "Call completed, 3 min",
      "Moved to Negotiating",
    ][at % 4],
    subtitle: quote.customer.name,
    timestamp: iso(at / 6, at * 13),
    link: at % 4 === 2 ? "" : `/quotes/${quote.id}`,
  }));
  return {
    period,
    generated_at: new Date(now).toISOString(),
    cache: { status: "hit", age_ms: 4_200 },
    stats: { ...figures(1), previous: period === "all" ? null : figures(0.86) },
    activity,
    quotes: {
      summary: {
        total,
        value: [money(total * 41_500), money(14_600, "USD")],
        average: [money(41_500)],
        conversion_rate: 0.31,
      },
      by_status: { draft: 4, sent: 31, viewed: 22, accepted: 18 },
      by_destination: PLACES.map((destination, at) => ({
        destination,
        count: 44 - at * 7,
        value: [money((44 - at * 7) * 41_500)],
      })),
      by_hotel: [],
      trend,
    },
    invoices: {
      summary: { total: 31, ...figures(1).revenue },
      by_status: {},
      aging: {
        current: bucket(12, 287_250),
        days_1_30: bucket(4, 52_300),
        days_31_60: bucket(2, 21_000),
        days_61_90: bucket(0, 0),
        days_over_90: bucket(1, 11_000),
      },
      trend: trend.map(({ date, count }) => ({ date, count, value: count ? [money(count * 30_000)] : [] })),
    },
    calls: {
      summary: { total: 52, completed: 41, failed: 7, average_duration_s: 194.2, success_rate: 0.854 },
      queue: { queued: 2, in_progress: 1, scheduled: 5, next_at: iso(-0.1) },
      by_outcome: { interested: 19, call_back: 11, voicemail: 7, not_interested: 4 },
      trend: [],
    },
    pipeline: { ...pipeline(), funnel: [], by_source: [] },
    usage: {
      tenant_id: "africastay",
      limits: [
        { name: "daily_quotes", limit: 1000, window_s: 86400, used: 47, remaining: 953, resets_at: iso(-0.4) },
        { name: "daily_emails", limit: 1500, window_s: 86400, used: 1260, remaining: 240, resets_at: iso(-0.4) },
      ],
    },
    errors: {},
  };
}
