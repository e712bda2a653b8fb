import { cx } from "./cx";

/** The first letters of up to two words, for people and agencies without a picture. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((text) => [...(text ?? "")][0] ?? "");
  return letters.join("").toLocaleUpperCase();
}

export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={cx(
        "inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-sunken text-xs font-semibold text-muted",
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
