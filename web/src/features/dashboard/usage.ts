/** What a limit's figures mean to the person who reads them. */
import type { Limit } from "@/shared/api/types";
import { formatCount } from "@/shared/lib/numbers";
import { t } from "@/shared/lib/text";

type Level = "plenty" | "scarce" | "last";

/** How much is left, by what is worth noticing: a fifth, and a twentieth. */
export function levelOf({ limit, used }: Pick<Limit, "limit" | "used">): Level {
  const share = limit > 0 ? used / limit : 1;
  return share >= 0.95 ? "last" : share >= 0.8 ? "scarce" : "plenty";
}

/** What is left, and when more is; nothing used frees nothing. */
export function restOf({ used, remaining }: Pick<Limit, "used" | "remaining">, resets: string): string {
  const left = remaining > 0 ? t("home.usage.left", { remaining: formatCount(remaining) }) : t("home.usage.none");
  return used > 0 ? `${left}, ${t("home.usage.resets", { time: resets })}` : left;
}
