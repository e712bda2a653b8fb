type Source = {
  document: string;
  sheet?: string | null;
  page?: number | null;
  row?: number | null;
  cell?: string | null;
};

/** Where an amount stands in the hotel's file, in words. */
export function sourceText(source: Source): string {
  return [
    source.document,
    source.sheet && `sheet ${source.sheet}`,
    source.page && `page ${source.page}`,
    source.row && `row ${source.row}`,
    source.cell && `cell ${source.cell}`,
  ]
    .filter(Boolean)
    .join(", ");
}
