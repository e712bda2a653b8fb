import type { Option, Quote } from "@/shared/api/types";
import { tn } from "@/shared/lib/text";

/** `2 adults, 2 children aged 4, 9`. */
export function guestsOf(guests: Quote["guests"]): string {
  const { adults, children_ages: ages } = guests;
  const said = [tn("count.adults", adults)];
  if (ages.length > 0) said.push(`${tn("count.children", ages.length)} (${ages.join(", ")})`);
  return said.join(", ");
}

/** The option that says what the quote is worth: the chosen one, else the first. */
export function headOption(quote: Quote): Option | undefined {
  return quote.options.find((option) => option.id === quote.selected_option_id) ?? quote.options[0];
}

/** `2 × Sea view room` for equal rooms. */
export function roomsOf(rooms: readonly { room: string }[]): string[] {
  const counts = new Map<string, number>();
  for (const { room } of rooms) counts.set(room, (counts.get(room) ?? 0) + 1);
  return [...counts].map(([room, count]) => (count > 1 ? `${count} × ${room}` : room));
}
