import { useState } from "react";
import { t } from "./text";
import { useCommands } from "./useCommands";

/** j and k move over the rows of a table, enter opens; answers which row is the current one, -1 for none. */
export function useRowKeys<T>(rows: readonly T[], open: (row: T) => void): number {
  const [at, setAt] = useState(-1);
  const group = t("shortcuts.list");
  const move = (step: number) => setAt((known) => Math.max(0, Math.min(known + step, rows.length - 1)));
  const current = rows[at];
  useCommands([
    { id: "list.next", label: t("shortcuts.next"), keys: "j", group, quiet: true, run: () => move(1) },
    { id: "list.previous", label: t("shortcuts.previous"), keys: "k", group, quiet: true, run: () => move(-1) },
    ...(current
      ? [{ id: "list.open", label: t("shortcuts.open"), keys: "enter", group, quiet: true, run: () => open(current) }]
      : []),
  ]);
  return at;
}
