/** The new-quote form: what people type, checked and turned into what the API takes. Lazy, as zod is. */
import { z } from "zod";
import type { NewQuote } from "@/shared/api/types";
import { t } from "@/shared/lib/text";

// Zod would compile its checks with Function(), which the content security policy forbids.
z.config({ jitless: true });

const optional = (text: string) => text.trim() || undefined;
/** Boards as contracts name them. */
export const BOARDS = ["RO", "BB", "HB", "FB", "AI"] as const;

const AGES = /^\s*(\d{1,2}\s*(,\s*\d{1,2}\s*)*)?$/;

/** Ages written with commas, as numbers. */
export function agesOf(text: string): number[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(Number);
}

export const newQuoteSchema = z
  .object({
    name: z.string().trim().min(1, t("new.err.name")),
    email: z
      .string()
      .trim()
      .pipe(z.union([z.literal(""), z.email(t("new.err.email"))])),
    phone: z.string(),
    destination: z.string().trim().min(1, t("new.err.destination")),
    check_in: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, t("new.err.checkIn")),
    check_out: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, t("new.err.checkOut")),
    adults: z.coerce.number<string>(t("new.err.adults")).int(t("new.err.adults")).min(1, t("new.err.adults")).max(50),
    children: z
      .string()
      .refine((text) => AGES.test(text) && agesOf(text).every((age) => age <= 17), t("new.err.children")),
    board: z.enum(["", ...BOARDS]),
    budget: z
      .string()
      .trim()
      .regex(/^(\d+(\.\d{1,3})?)?$/, t("new.err.budget")),
    currency: z.string(),
    message: z.string().max(2_000),
  })
  .refine((form) => form.check_out > form.check_in, { path: ["check_out"], message: t("new.err.checkOut") });

export type NewQuoteForm = z.input<typeof newQuoteSchema>;
export type CheckedQuote = z.output<typeof newQuoteSchema>;

/** The checked form as the API takes it. */
export function toRequest(form: CheckedQuote): NewQuote {
  return {
    customer: { name: form.name, email: optional(form.email) ?? null, phone: optional(form.phone) ?? null },
    destination: form.destination,
    check_in: form.check_in,
    check_out: form.check_out,
    adults: form.adults,
    children_ages: agesOf(form.children),
    ...(form.board ? { board: form.board } : {}),
    ...(form.budget ? { budget: { amount: form.budget, currency: form.currency, basis: "total" as const } } : {}),
    ...(optional(form.message) ? { message: form.message.trim() } : {}),
  };
}

export type NearestStay = { changed: string; checkIn: string; checkOut: string };

/** The nearest stay that fits, out of a `cannot_price` problem; null where there is none. */
export function nearestOf(body: Record<string, unknown>): NearestStay | null {
  if (typeof body.nearest !== "object" || body.nearest === null) return null;
  const { changed, check_in: checkIn, check_out: checkOut } = body.nearest as Record<string, unknown>;
  if (typeof changed !== "string" || typeof checkIn !== "string" || typeof checkOut !== "string") return null;
  return { changed, checkIn, checkOut };
}

export type Rejection = { hotel: string; detail: string };

/** Why each hotel that was tried does not fit, out of a `cannot_price` problem. */
export function rejectionsOf(body: Record<string, unknown>): Rejection[] {
  if (!Array.isArray(body.rejected)) return [];
  return body.rejected.flatMap((entry: unknown): Rejection[] => {
    if (typeof entry !== "object" || entry === null) return [];
    const { hotel, detail, code } = entry as { hotel?: { name?: unknown } | string; detail?: unknown; code?: unknown };
    const name = typeof hotel === "string" ? hotel : hotel?.name;
    const why = typeof detail === "string" && detail ? detail : code;
    return typeof name === "string" ? [{ hotel: name, detail: typeof why === "string" ? why : "" }] : [];
  });
}
