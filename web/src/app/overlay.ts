/** Which of the app's own dialogs is open: the palette or the help. */
import { useSyncExternalStore } from "react";

type Overlay = "palette" | "shortcuts" | null;

let current: Overlay = null;
const listeners = new Set<() => void>();

function set(next: Overlay): void {
  current = next;
  for (const listener of listeners) listener();
}

export function openOverlay(which: Exclude<Overlay, null>): void {
  set(which);
}

export function closeOverlay(): void {
  set(null);
}

export function useOverlay(): Overlay {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
