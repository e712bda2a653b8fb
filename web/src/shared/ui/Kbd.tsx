const NAMES: Record<string, string> = { enter: "↵", escape: "Esc", space: "Space", arrowdown: "↓", arrowup: "↑" };
const mac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

function nameOf(stroke: string): string {
  if (stroke.startsWith("mod+")) return `${mac ? "⌘" : "Ctrl "}${stroke.slice(4).toUpperCase()}`;
  return NAMES[stroke] ?? (stroke.length === 1 ? stroke.toUpperCase() : stroke);
}

/** A shortcut as key caps. */
export function Kbd({ keys, then }: { keys: string; then?: string }) {
  return (
    <span className="inline-flex items-center gap-1 text-xs text-faint">
      {keys.split(" ").map((stroke, at) => (
        <span key={stroke} className="inline-flex items-center gap-1">
          {at > 0 && then && <span>{then}</span>}
          <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-[4px] border border-line bg-surface px-1 font-sans text-xs text-muted">
            {nameOf(stroke)}
          </kbd>
        </span>
      ))}
    </span>
  );
}
