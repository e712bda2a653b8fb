import { Link } from "@tanstack/react-router";
import { t } from "@/shared/lib/text";
import { cx } from "@/shared/ui/cx";

const LINK = "rounded-sm px-2.5 py-1 text-base whitespace-nowrap transition-colors pointer-coarse:py-2.5";

/** The two pages of rates: what hotels charge, and what currencies cost. */
export function RatesNav() {
  return (
    <nav
      aria-label={t("rates.pages")}
      className="flex items-center gap-1 max-sm:order-last max-sm:-ml-2.5 max-sm:w-full"
    >
      {(["/rates", "/rates/exchange"] as const).map((to) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          className={LINK}
          activeProps={{ className: cx(LINK, "bg-accent-soft font-medium text-ink") }}
          inactiveProps={{ className: cx(LINK, "text-muted hover:bg-hover hover:text-ink") }}
        >
          {t(to === "/rates" ? "rates.list" : "exchange.title")}
        </Link>
      ))}
    </nav>
  );
}
