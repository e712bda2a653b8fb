/** Contrast arithmetic (WCAG 2.2) for accents that agencies choose: buttons, text and tints stay readable. */

type Rgb = [number, number, number];

const TEXT_CONTRAST = 4.5;
const SURFACES = { light: "#ffffff", dark: "#1b1a18" } as const;

/** The colour variables of one theme, as the stylesheet names them. */
export type AccentVariables = {
  "--accent": string;
  "--accent-ink": string;
  "--accent-text": string;
  "--accent-soft": string;
};

function parse(hex: string): Rgb | null {
  const match = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(hex.trim());
  if (!match?.[1]) return null;
  const digits = match[1].length === 3 ? match[1].replace(/./g, "$&$&") : match[1];
  const value = Number.parseInt(digits, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function format(rgb: Rgb): string {
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (channel: number) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function contrastOf(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function mix(colour: Rgb, into: Rgb, share: number): Rgb {
  return colour.map((channel, at) => Math.round(channel + ((into[at] ?? 0) - channel) * share)) as Rgb;
}

/** Contrast of two colours, 1 to 21; null when either is not a colour. */
export function contrast(one: string, other: string): number | null {
  const [a, b] = [parse(one), parse(other)];
  return a && b ? contrastOf(a, b) : null;
}

function readableOn(colour: Rgb, background: Rgb): Rgb {
  const toward: Rgb = luminance(background) > 0.4 ? [0, 0, 0] : [255, 255, 255];
  for (let step = 0; step <= 40; step += 1) {
    const tried = mix(colour, toward, step / 40);
    if (contrastOf(tried, background) >= TEXT_CONTRAST) return tried;
  }
  return toward;
}

function variablesOn(accent: Rgb, surface: Rgb): AccentVariables {
  const black: Rgb = [0, 0, 0];
  const white: Rgb = [255, 255, 255];
  const soft = mix(surface, accent, 0.12);
  return {
    "--accent": format(accent),
    "--accent-ink": contrastOf(accent, white) >= TEXT_CONTRAST ? format(white) : format(black),
    // Accent text also stands on the accent's own tint, so that is the background it must be read on.
    "--accent-text": format(readableOn(accent, soft)),
    "--accent-soft": format(soft),
  };
}

/** The accent's variables for both themes; null when the text is not a colour. */
export function accentVariables(accent: string): { light: AccentVariables; dark: AccentVariables } | null {
  const rgb = parse(accent);
  const [light, dark] = [parse(SURFACES.light), parse(SURFACES.dark)];
  return rgb && light && dark ? { light: variablesOn(rgb, light), dark: variablesOn(rgb, dark) } : null;
}
