import { Link } from "@tanstack/react-router";
import { useUser } from "@/features/auth/branding";
import { t } from "@/shared/lib/text";
import { barOf } from "./entries";
import { PersonMenu } from "./PersonMenu";

/** The rail's place on a phone: up to five pages; the others and the person are under "more". */
export function BottomBar() {
  const user = useUser();
  return (
    <nav
      aria-label={t("nav.main")}
      className="fixed inset-x-0 bottom-0 z-30 flex h-[calc(56px+env(safe-area-inset-bottom))] border-t border-line bg-surface px-1 pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {barOf(user).shown.map(({ to, label, icon: Icon, exact = false }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact, includeSearch: false }}
          activeProps={{ className: "text-accent-text font-medium" }}
          inactiveProps={{ className: "text-muted" }}
          className="flex min-w-0 flex-1 flex-col items-center gap-0.5 rounded-sm py-1.5 text-xs whitespace-nowrap"
        >
          <Icon className="size-6 p-0.5" aria-hidden />
          {t(label)}
        </Link>
      ))}
      <PersonMenu bar />
    </nav>
  );
}
