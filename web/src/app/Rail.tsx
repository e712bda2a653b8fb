import { Link } from "@tanstack/react-router";
import { PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";
import { useState } from "react";
import { useBranding, useUser } from "@/features/auth/branding";
import { Brand } from "@/features/auth/Logo";
import { t } from "@/shared/lib/text";
import { IconButton } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Kbd } from "@/shared/ui/Kbd";
import { entriesOf } from "./entries";
import { openOverlay } from "./overlay";
import { PersonMenu } from "./PersonMenu";

const KEY = "tembea.rail";

function useCollapsed(): [boolean, () => void] {
  const [collapsed, setCollapsed] = useState(() => {
    try {
      return localStorage.getItem(KEY) === "collapsed";
    } catch {
      return false;
    }
  });
  const toggle = () => {
    setCollapsed(!collapsed);
    try {
      localStorage.setItem(KEY, collapsed ? "open" : "collapsed");
    } catch {
      // Storage may be forbidden; the choice then lasts until the page is closed.
    }
  };
  return [collapsed, toggle];
}

const ITEM = "flex h-8 items-center gap-2.5 rounded-sm px-2 font-medium transition-colors hover:bg-hover";

/** The rail at the left: pages above, the person at the foot. */
export function Rail() {
  const branding = useBranding();
  const user = useUser();
  const [collapsed, toggle] = useCollapsed();
  return (
    <aside
      className={cx(
        "sticky top-0 hidden h-dvh shrink-0 flex-col border-r border-line bg-canvas p-2 md:flex",
        collapsed ? "w-13" : "w-54",
      )}
    >
      <div className="flex h-10 items-center gap-2.5 px-1">
        <Brand branding={branding} compact={collapsed} />
      </div>
      <button
        type="button"
        onClick={() => openOverlay("palette")}
        aria-label={t("palette.open")}
        className={cx(
          ITEM,
          "mt-2 mb-3 bg-surface text-muted ring-1 ring-inset ring-line hover:bg-surface hover:ring-line-strong",
        )}
      >
        <Search className="size-4 shrink-0" aria-hidden />
        {!collapsed && (
          <>
            <span className="flex-1 text-left font-normal">{t("action.search")}</span>
            <Kbd keys="mod+k" />
          </>
        )}
      </button>
      <nav aria-label={t("nav.main")} className="flex flex-1 flex-col gap-0.5">
        {entriesOf(user).map(({ to, label, icon: Icon, exact = false }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact, includeSearch: false }}
            activeProps={{ className: "bg-hover text-ink [&_svg]:text-accent-text" }}
            inactiveProps={{ className: "text-muted hover:text-ink" }}
            aria-label={t(label)}
            title={collapsed ? t(label) : undefined}
            className={ITEM}
          >
            <Icon className="size-4 shrink-0" aria-hidden />
            {!collapsed && t(label)}
          </Link>
        ))}
      </nav>
      <div className={cx("flex items-center gap-1", collapsed && "flex-col-reverse")}>
        <PersonMenu compact={collapsed} />
        <IconButton label={t(collapsed ? "nav.expand" : "nav.collapse")} onClick={toggle}>
          {collapsed ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
        </IconButton>
      </div>
    </aside>
  );
}
