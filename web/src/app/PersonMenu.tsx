import { useNavigate } from "@tanstack/react-router";
import { Keyboard, LogOut, Monitor, Moon, Settings, Sun } from "lucide-react";
import { useState } from "react";
import { useUser } from "@/features/auth/branding";
import { session } from "@/shared/api/session";
import { currentTheme, setTheme, type Theme } from "@/shared/lib/look";
import { t, word } from "@/shared/lib/text";
import { Avatar } from "@/shared/ui/Avatar";
import { cx } from "@/shared/ui/cx";
import { Kbd } from "@/shared/ui/Kbd";
import { Menu, MenuChoice, MenuItem, MenuRule } from "@/shared/ui/Menu";
import { barOf } from "./entries";
import { openOverlay } from "./overlay";

function ThemeChoice() {
  const [theme, choose] = useState<Theme>(currentTheme);
  return (
    <MenuChoice
      label={t("person.theme")}
      value={theme}
      onChange={(next) => {
        choose(next);
        setTheme(next);
      }}
      options={[
        { value: "light", label: t("person.theme.light"), icon: <Sun aria-hidden /> },
        { value: "dark", label: t("person.theme.dark"), icon: <Moon aria-hidden /> },
        { value: "system", label: t("person.theme.system"), icon: <Monitor aria-hidden /> },
      ]}
    />
  );
}

/** The pages that found no place in the phone's bar. */
function MorePages() {
  const user = useUser();
  const navigate = useNavigate();
  const { more } = barOf(user);
  if (more.length === 0) return null;
  return (
    <>
      {more.map(({ to, label, icon: Icon }) => (
        <MenuItem key={to} icon={<Icon aria-hidden />} onSelect={() => void navigate({ to })}>
          {t(label)}
        </MenuItem>
      ))}
      <MenuRule />
    </>
  );
}

/** The person at the foot of the rail (or in the phone's bar): theme, help, sign-out. */
export function PersonMenu({ compact, bar }: { compact?: boolean; bar?: boolean }) {
  const user = useUser();
  const navigate = useNavigate();
  if (!user) return null;
  return (
    <Menu
      side="top"
      align={bar ? "end" : "start"}
      trigger={
        <button
          type="button"
          aria-label={t("nav.account", { name: user.name })}
          className={cx(
            "rounded-sm text-left transition-colors hover:bg-hover",
            bar
              ? "flex min-w-0 flex-1 flex-col items-center justify-start gap-0.5 py-1.5 text-xs text-muted"
              : "flex min-w-0 flex-1 items-center gap-2 p-1",
          )}
        >
          <Avatar name={user.name} className={bar ? "size-6!" : undefined} />
          {bar && t("nav.more")}
          {!compact && !bar && (
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-medium">{user.name}</span>
              <span className="block truncate text-xs text-faint">{word("role", user.role)}</span>
            </span>
          )}
        </button>
      }
    >
      {bar && <MorePages />}
      <div className="px-2 pt-1.5 pb-1">
        <p className="truncate font-medium">{user.name}</p>
        <p className="truncate text-sm text-faint">{user.email}</p>
      </div>
      <MenuRule />
      <ThemeChoice />
      <MenuRule />
      <MenuItem icon={<Settings aria-hidden />} onSelect={() => void navigate({ to: "/settings" })}>
        {t("settings.title")}
      </MenuItem>
      <MenuItem icon={<Keyboard aria-hidden />} onSelect={() => openOverlay("shortcuts")} after={<Kbd keys="?" />}>
        {t("person.shortcuts")}
      </MenuItem>
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void session.end()}>
        {t("person.signOut")}
      </MenuItem>
    </Menu>
  );
}
