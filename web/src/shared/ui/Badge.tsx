import type { LucideIcon } from "lucide-react";
import { cx } from "./cx";

export type Tone = "neutral" | "green" | "amber" | "red" | "blue" | "accent";

const TONES: Record<Tone, string> = {
  neutral: "bg-sunken text-muted",
  green: "bg-green-soft text-green",
  amber: "bg-amber-soft text-amber",
  red: "bg-red-soft text-red",
  blue: "bg-blue-soft text-blue",
  accent: "bg-accent-soft text-accent-text",
};

/** A state in a word with its icon: colour never stands alone. */
export function Badge({
  tone = "neutral",
  icon: Icon,
  children,
}: {
  tone?: Tone;
  icon?: LucideIcon;
  children: string;
}) {
  return (
    <span
      className={cx(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded-full px-2 text-xs font-medium whitespace-nowrap",
        TONES[tone],
      )}
    >
      {Icon && <Icon className="-ml-0.5 size-3" strokeWidth={2.25} aria-hidden />}
      {children}
    </span>
  );
}
