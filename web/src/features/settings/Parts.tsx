import type { ReactNode } from "react";
import { Failure, Loading, Skeleton } from "@/shared/ui/States";

/** A part of the settings: what it is about, then what can be done. */
export function Part({ title, lead, children }: { title?: string; lead: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-4">
      {title && <h2 className="text-lg">{title}</h2>}
      <p className="max-w-prose text-muted">{lead}</p>
      {children}
    </section>
  );
}

/** Rows between fine lines. */
export function Rows({ children }: { children: ReactNode }) {
  return <ul className="divide-y divide-line rounded-lg ring-1 ring-line">{children}</ul>;
}

type RowProps = { title: string; badges?: ReactNode; note: ReactNode; actions?: ReactNode };

export function Row({ title, badges, note, actions }: RowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex min-w-0 flex-wrap items-center gap-2 font-medium">
          <span className="min-w-0 truncate">{title}</span>
          {badges}
        </p>
        <p className="mt-0.5 text-sm break-words text-muted">{note}</p>
      </div>
      {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
    </li>
  );
}

type Asked = { isPending: boolean; error: unknown; refetch: () => unknown };

/** What stands there while a list loads, or when it could not be loaded. */
export function Awaited({ query, children }: { query: Asked; children: () => ReactNode }) {
  if (query.isPending)
    return (
      <Loading>
        <Skeleton className="h-40 rounded-lg" />
      </Loading>
    );
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} compact />;
  return children();
}
