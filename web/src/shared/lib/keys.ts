/** Keyboard shortcuts as sequences ("g i", "c", "mod+k"): reading of key events, and the commands that listen. */

export type Command = {
  id: string;
  label: string;
  /** Sequence of strokes parted by spaces; `mod` is Ctrl, or Command on a Mac. */
  keys?: string;
  group: string;
  run: () => void;
  /** Works while typing too: for mod+k. */
  always?: boolean;
  /** Known to the keyboard and the help, but not worth a line in the palette (j, k, enter). */
  quiet?: boolean;
};

type Stroke = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

const SEQUENCE_MS = 1_000;

/** One stroke as text: `mod+k`, `g`, `?`, `enter`. Shift is part of the character that it makes. */
export function strokeOf(event: Stroke): string | null {
  if (event.altKey || ["Shift", "Control", "Meta", "Alt"].includes(event.key)) return null;
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

/** True where letters are text: fields, editors, and widgets that have their own keys. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="menu"], [role="listbox"], [role="combobox"]')) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Collects strokes into sequences; each sequence lives a second from its last stroke. */
export class SequenceReader {
  #strokes: string[] = [];
  #lastAt = 0;

  /** The text that would match now: every pending stroke and the new one, and the new one alone. */
  read(stroke: string, at: number): { sequence: string; alone: string } {
    if (at - this.#lastAt > SEQUENCE_MS) this.#strokes = [];
    this.#strokes = [...this.#strokes, stroke].slice(-2);
    this.#lastAt = at;
    return { sequence: this.#strokes.join(" "), alone: stroke };
  }

  reset(): void {
    this.#strokes = [];
  }
}

const active: { id: number; commands: readonly Command[] }[] = [];
const listeners = new Set<() => void>();
let snapshot: readonly Command[] = [];
let nextId = 0;

function publish(): void {
  const seen = new Set<string>();
  const commands: Command[] = [];
  // The newest registration wins: a sheet's "e" hides that of the list under it.
  for (const { commands: group } of [...active].reverse()) {
    for (const command of group) {
      if (!seen.has(command.id) && !(command.keys && seen.has(`key:${command.keys}`))) commands.push(command);
      seen.add(command.id);
      if (command.keys) seen.add(`key:${command.keys}`);
    }
  }
  snapshot = commands;
  for (const listener of listeners) listener();
}

/** Makes commands known until the returned function is called. */
export function registerCommands(commands: readonly Command[]): () => void {
  nextId += 1;
  const entry = { id: nextId, commands };
  active.push(entry);
  publish();
  return () => {
    active.splice(active.indexOf(entry), 1);
    publish();
  };
}

/** Every command that listens now, newest first. */
export function activeCommands(): readonly Command[] {
  return snapshot;
}

export function subscribeCommands(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function hasOwnEnter(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("a, button, summary, [role='button'], [role='tab']") !== null;
}

const reader = new SequenceReader();

/** Runs the command a key event stands for; answers whether there was one. */
export function handleKey(event: KeyboardEvent): boolean {
  const stroke = strokeOf(event);
  if (stroke === null || event.defaultPrevented || event.repeat) return false;
  const typing = isTyping(event.target);
  const { sequence, alone } = reader.read(stroke, event.timeStamp);
  const matches = (text: string) => snapshot.find((command) => command.keys === text && (command.always || !typing));
  if (stroke === "enter" && hasOwnEnter(event.target)) return false;
  const command = matches(sequence) ?? matches(alone);
  if (!command) return false;
  event.preventDefault();
  reader.reset();
  command.run();
  return true;
}
