/** Evidence of an enquiry's fields, laid over the mail it was read from. */

/** The words a field was read from; offsets are null where they stand in a header, not in the text. */
export type Evidence = { text: string; start: number | null; end: number | null; rule: string };

/** A stretch of the mail and the fields it is evidence for; empty for plain text. */
export type Segment = { text: string; fields: string[] };

type Span = { field: string; start: number; end: number };

/** Offsets count characters as the server does (code points); JavaScript counts UTF-16 units. */
function unitOffsets(text: string): number[] {
  const offsets: number[] = [];
  let unit = 0;
  for (const character of text) {
    offsets.push(unit);
    unit += character.length;
  }
  offsets.push(unit);
  return offsets;
}

function locate(text: string, offsets: number[], evidence: Evidence): { start: number; end: number } | null {
  if (evidence.start === null || evidence.end === null) return null;
  const start = offsets[evidence.start];
  const end = offsets[evidence.end];
  if (start !== undefined && end !== undefined && text.slice(start, end) === evidence.text) return { start, end };
  // The offsets count in the new text alone; a message shown with its quoted part may be longer.
  const found = evidence.text === "" ? -1 : text.indexOf(evidence.text);
  return found < 0 ? null : { start: found, end: found + evidence.text.length };
}

function spansIn(text: string, evidence: Record<string, Evidence>): Span[] {
  const offsets = unitOffsets(text);
  return Object.entries(evidence).flatMap(([field, item]) => {
    const place = locate(text, offsets, item);
    return place && place.end > place.start ? [{ field, ...place }] : [];
  });
}

/** The text cut wherever evidence begins or ends; overlapping evidence shares its stretch. Joined, it is the text again. */
export function segment(text: string, evidence: Record<string, Evidence>): Segment[] {
  const spans = spansIn(text, evidence);
  const cuts = [...new Set([0, text.length, ...spans.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  const segments: Segment[] = [];
  for (let at = 0; at + 1 < cuts.length; at += 1) {
    const [start = 0, end = 0] = [cuts[at], cuts[at + 1]];
    const fields = spans.filter((span) => span.start <= start && span.end >= end).map((span) => span.field);
    segments.push({ text: text.slice(start, end), fields });
  }
  return segments;
}

/** The fields whose evidence can be shown in this text. */
export function fieldsIn(text: string, evidence: Record<string, Evidence>): Set<string> {
  return new Set(spansIn(text, evidence).map((span) => span.field));
}
