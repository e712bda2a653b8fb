/** A piece of an answer: words, or the number of a citation. */
export type Piece = { text: string } | { n: number };

/** An answer in pieces, with each `[n]` that has a citation as a number of its own. */
export function piecesOf(answer: string, numbers: readonly number[]): Piece[] {
  return answer
    .split(/(\s?\[\d+\])/)
    .filter((part) => part !== "")
    .map((part) => {
      const n = Number(/^\s?\[(\d+)\]$/.exec(part)?.[1]);
      return numbers.includes(n) ? { n } : { text: part };
    });
}
