import { useState } from "react";
import type { Branding } from "@/shared/api/types";
import { Avatar } from "@/shared/ui/Avatar";
import { cx } from "@/shared/ui/cx";

function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M8 21c4-1 5-9 9-9 3 0 3 5 7 5"
        fill="none"
        stroke="var(--accent-ink)"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="8" cy="21" r="2.2" fill="var(--accent-ink)" />
      <circle cx="24" cy="17" r="2.2" fill="var(--accent-ink)" />
    </svg>
  );
}

/** The agency's logo; without one its letters; the platform's own mark where no agency is known. */
export function Logo({ branding, className }: { branding: Branding; className?: string }) {
  const [broken, setBroken] = useState<string | null>(null);
  if (branding.logo_url && broken !== branding.logo_url) {
    return (
      <img
        src={branding.logo_url}
        alt=""
        onError={() => setBroken(branding.logo_url)}
        className={cx("size-7 shrink-0 rounded-sm object-contain", className)}
      />
    );
  }
  if (branding.tenant_id === null) return <Mark className={cx("size-7 shrink-0", className)} />;
  return <Avatar name={branding.name} className={cx("rounded-sm bg-accent! text-accent-ink!", className)} />;
}
