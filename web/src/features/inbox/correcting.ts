/** What a person changed of a trip, and nothing else: fields that are left alone stay as they were read. */
import type { TripCorrection, TripRequest } from "@/shared/api/types";

/** The trip as the form's fields hold it, all of them text. */
export function formOf(trip: TripRequest | null): Record<string, string> {
  return {
    destinations: trip?.destinations.join(", ") ?? "",
    hotels: trip?.hotels.join(", ") ?? "",
    check_in: trip?.check_in ?? "",
    nights: trip?.nights?.toString() ?? "",
    adults: trip?.adults?.toString() ?? "",
    children_ages: trip?.children_ages.join(", ") ?? "",
    rooms: trip?.rooms?.toString() ?? "",
    board: trip?.board ?? "",
    budget: trip?.budget ? `${trip.budget.amount} ${trip.budget.currency}` : "",
    customer_name: trip?.customer_name ?? "",
    customer_email: trip?.customer_email ?? "",
  };
}

const words = (text: string) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
const whole = (text: string) => (/^\d+$/.test(text) ? Number(text) : null);

/** "95 000 ZAR": an amount and its currency; what is not both is no budget. */
export const BUDGET = /^(\d[\d\s,]*(?:\.\d{1,2})?)\s*([A-Za-z]{3})$/;

function budgetOf(text: string, trip: TripRequest | null): TripCorrection["budget"] {
  const [, amount, currency] = BUDGET.exec(text) ?? [];
  if (!amount || !currency) return null;
  const plain = amount.replace(/[\s,]/g, "");
  return { amount: plain, currency: currency.toUpperCase(), basis: trip?.budget?.basis ?? "total" };
}

const READERS: Record<string, (text: string, trip: TripRequest | null) => TripCorrection> = {
  destinations: (text) => ({ destinations: words(text), unmatched_destinations: [] }),
  hotels: (text) => ({ hotels: words(text) }),
  check_in: (text) => ({ check_in: text || null }),
  nights: (text) => ({ nights: whole(text) }),
  adults: (text) => ({ adults: whole(text) }),
  children_ages: (text) => ({ children_ages: (text.match(/\d+/g) ?? []).map(Number) }),
  rooms: (text) => ({ rooms: whole(text) }),
  board: (text) => ({ board: (text || null) as TripCorrection["board"] }),
  budget: (text, trip) => ({ budget: budgetOf(text, trip) }),
  customer_name: (text) => ({ customer_name: text || null }),
  customer_email: (text) => ({ customer_email: text || null }),
};

/** The correction that leads from the trip to what the form holds; empty where nothing was changed. */
export function changesOf(trip: TripRequest | null, form: Record<string, string>): TripCorrection {
  const before = formOf(trip);
  return Object.entries(READERS).reduce<TripCorrection>((changes, [field, read]) => {
    const text = (form[field] ?? "").trim();
    return text === (before[field] ?? "") ? changes : Object.assign(changes, read(text, trip));
  }, {} as TripCorrection);
}
