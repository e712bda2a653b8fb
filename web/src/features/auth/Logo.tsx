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

/** The agency's letters; the platform's own mark where no agency is known. */
function Emblem({ branding, className }: { branding: Branding; className?: string }) {
  if (branding.tenant_id === null) return <Mark className={cx("size-7 shrink-0", className)} />;
  return <Avatar name={branding.name} className={cx("rounded-sm bg-accent! text-accent-ink!", className)} />;
}

type Fit = "unknown" | "wide" | "compact" | "broken";

// Twice as wide as high: such a logo carries the name in it, and the name is not written again beside it.
const WIDE = 2;

/** The agency's logo with its name; on a narrow rail the letters alone. */
export function Brand({ branding, compact }: { branding: Branding; compact?: boolean }) {
  const [seen, setSeen] = useState<{ url: string | null; fit: Fit }>({ url: null, fit: "unknown" });
  const { logo_url: url, name } = branding;
  const fit = seen.url === url ? seen.fit : "unknown";
  if (compact) return <Emblem branding={branding} />;
  const shown = url !== null && fit !== "broken";
  return (
    <>
      {shown ? (
        <img
          src={url}
          alt={fit === "wide" ? name : ""}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setSeen({ url, fit: naturalWidth >= WIDE * naturalHeight ? "wide" : "compact" })
          }
          onError={() => setSeen({ url, fit: "broken" })}
          // Logos are drawn for paper: on a dark page they keep a light ground.
          className={cx(
            "h-8 max-w-42 object-contain object-left dark:rounded-sm dark:bg-[#fff] dark:px-1.5 dark:py-1",
            fit === "unknown" && "invisible",
          )}
        />
      ) : (
        <Emblem branding={branding} />
      )}
      {shown && fit !== "compact" ? null : (
        <span className="min-w-0 flex-1 truncate text-lg font-semibold">{name}</span>
      )}
    </>
  );
}
