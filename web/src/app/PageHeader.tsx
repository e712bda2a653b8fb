import { Search } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { useBranding } from "@/features/auth/branding";
import { t } from "@/shared/lib/text";
import { IconButton } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { openOverlay } from "./overlay";

/** Names the browser's tab. */
export function useTitle(title: string): void {
  const { name } = useBranding();
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
}

type PageHeaderProps = { title: string; children?: ReactNode; actions?: ReactNode; className?: string };

/** The bar at the top of a page: its title, its own controls, its actions. */
export function PageHeader({ title, children, actions, className }: PageHeaderProps) {
  useTitle(title);
  return (
    <header
      className={cx(
        "sticky top-0 z-20 flex min-h-13 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-4 py-2 md:px-6",
        className,
      )}
    >
      <h1 className="text-lg">{title}</h1>
      {children}
      <div className="ml-auto flex items-center gap-2">
        {actions}
        <IconButton label={t("palette.open")} onClick={() => openOverlay("palette")} className="md:hidden">
          <Search aria-hidden />
        </IconButton>
      </div>
    </header>
  );
}
