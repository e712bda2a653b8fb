import { Undo2 } from "lucide-react";
import { t } from "../lib/text";
import { useSecondsUntil } from "../lib/useSecondsUntil";
import { Button } from "./Button";

type UndoBarProps = { leavesAt: string; busy: boolean; onUndo: () => void };

/** How long something can still be taken back, and the button that does it. */
export function UndoBar({ leavesAt, busy, onUndo }: UndoBarProps) {
  const seconds = useSecondsUntil(leavesAt);
  return (
    <span className="flex items-center gap-3">
      <span role="timer" className="num text-sm text-muted">
        {seconds > 0 ? t("undo.leavesIn", { seconds }) : t("undo.leavesNow")}
      </span>
      <Button icon={<Undo2 aria-hidden />} busy={busy} disabled={seconds === 0} onClick={onUndo}>
        {t("undo.action")}
      </Button>
    </span>
  );
}
