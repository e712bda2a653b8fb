/** Theme and agency accent: applied to the document and remembered, so that theme.js can set both before the first paint. */
import { type AccentVariables, accentVariables } from "./colour";

export type Theme = "light" | "dark" | "system";
type Look = { theme?: Theme; accent?: { light: AccentVariables; dark: AccentVariables } };

const KEY = "tembea.look";
const NAMES = ["--accent", "--accent-ink", "--accent-text", "--accent-soft"] as const;

function read(): Look {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Look;
  } catch {
    return {};
  }
}

function write(look: Look): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(look));
  } catch {
    // Storage may be forbidden; the choice then lasts until the page is closed.
  }
  apply(look);
}

function apply(look: Look): void {
  const root = document.documentElement;
  const dark = look.theme === "dark" || (look.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "dark" : "light";
  const variables = look.accent?.[dark ? "dark" : "light"];
  for (const name of NAMES) {
    if (variables) root.style.setProperty(name, variables[name]);
    else root.style.removeProperty(name);
  }
}

export function currentTheme(): Theme {
  return read().theme ?? "system";
}

export function setTheme(theme: Theme): void {
  write({ ...read(), theme });
}

/** Wears the agency's accent; null goes back to the platform's own. */
export function setAccent(accent: string | null): void {
  const variables = accent ? accentVariables(accent) : null;
  write({ ...read(), accent: variables ?? undefined });
}

/** Follows the system while the theme is "system". */
export function watchSystemTheme(): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => apply(read()));
}
