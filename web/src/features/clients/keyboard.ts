/** Keyboard dragging over the board: left and right go from column to column (dnd-kit's own getter moves by pixels). */
import type { KeyboardCoordinateGetter } from "@dnd-kit/core";
import { STAGES } from "./search";

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The column that an arrow key leads to from another; undefined at the ends and for other keys. */
export function columnAfter(code: string, from: string): string | undefined {
  const step = STEPS[code];
  const at = (STAGES as readonly string[]).indexOf(from);
  return step === undefined || at < 0 ? undefined : STAGES[at + step];
}

export const columnCoordinates: KeyboardCoordinateGetter = (event, { context }) => {
  const { active, over, droppableContainers, collisionRect } = context;
  const from = over?.id ?? active?.data.current?.stage;
  const next = columnAfter(event.code, String(from));
  const rect = next && droppableContainers.get(next)?.rect.current;
  if (!rect || !collisionRect) return undefined;
  event.preventDefault();
  droppableContainers.get(next)?.node.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return { x: rect.left + (rect.width - collisionRect.width) / 2, y: rect.top + 48 };
};
