import { useEffect, useState } from "react";
import { formatInstant, formatRelative } from "@/shared/lib/dates";

/** How long ago, with the instant itself on hover. */
export function Time({ at, className }: { at: string; className?: string }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={formatInstant(at)} className={className}>
      {formatRelative(at, now)}
    </time>
  );
}
