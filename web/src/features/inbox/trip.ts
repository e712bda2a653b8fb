/** A trip request as the rows people read, in the order in which they think of a trip. */
import type { TripRequest } from "@/shared/api/types";
import { formatDay } from "@/shared/lib/dates";
import { formatMoney } from "@/shared/lib/money";
import { t, tn, word } from "@/shared/lib/text";

export type TripRow = { field: string; label: string; value: string };

const FIELDS: readonly [field: keyof TripRequest, write: (trip: TripRequest) => string | null][] = [
  ["destinations", (trip) => trip.destinations.join(", ") || null],
  ["unmatched_destinations", (trip) => trip.unmatched_destinations.join(", ") || null],
  ["hotels", (trip) => trip.hotels.join(", ") || null],
  ["check_in", (trip) => trip.check_in && formatDay(trip.check_in)],
  ["check_out", (trip) => trip.check_out && formatDay(trip.check_out)],
  ["nights", (trip) => (trip.nights === null ? null : tn("count.nights", trip.nights))],
  ["travel_month", (trip) => trip.travel_month],
  ["dates_flexible", (trip) => (trip.dates_flexible ? t("field.yes") : null)],
  ["adults", (trip) => (trip.adults === null ? null : tn("count.adults", trip.adults))],
  ["children_ages", (trip) => childrenOf(trip)],
  ["rooms", (trip) => (trip.rooms === null ? null : tn("count.rooms", trip.rooms))],
  ["board", (trip) => trip.board && word("board", trip.board)],
  ["budget", (trip) => trip.budget && `${formatMoney(trip.budget)} ${word("budget", trip.budget.basis)}`],
  ["customer_name", (trip) => trip.customer_name],
  ["customer_email", (trip) => trip.customer_email],
  ["customer_phone", (trip) => trip.customer_phone],
];

function childrenOf(trip: TripRequest): string | null {
  const count = trip.children_count ?? trip.children_ages.length;
  if (count === 0) return null;
  const children = tn("count.children", count);
  return trip.children_ages.length > 0
    ? `${children}, ${t("guests.ages", { ages: trip.children_ages.join(", ") })}`
    : children;
}

/** What is known of the trip; what is not is left out. */
export function tripRows(trip: TripRequest): TripRow[] {
  return FIELDS.flatMap(([field, write]) => {
    const value = write(trip);
    return value ? [{ field, label: word("field", field), value }] : [];
  });
}

/** The trip in one line for lists: where, when, who. */
export function tripLine(trip: TripRequest | null): string {
  if (!trip) return "";
  const who =
    trip.adults === null ? null : tn("count.guests", trip.adults + (trip.children_count ?? trip.children_ages.length));
  const when = trip.check_in ? formatDay(trip.check_in) : trip.travel_month;
  return [trip.destinations[0], when, who].filter(Boolean).join(" · ");
}
