import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import { useUser } from "@/features/auth/branding";
import type { Dashboard } from "@/shared/api/types";
import { today } from "@/shared/lib/dates";
import { formatTimeZone } from "@/shared/lib/locale";
import { formatMoney, isZero } from "@/shared/lib/money";
import { t, tn } from "@/shared/lib/text";
import { Skeleton } from "@/shared/ui/States";
import type { AttentionState, Tally } from "./attention";

const LINK = "rounded-sm underline decoration-line-strong decoration-1 underline-offset-4 hover:decoration-accent-text";

function greeting(name: string): string {
  const hour = Number(
    new Intl.DateTimeFormat("en", { hour: "numeric", hour12: false, timeZone: formatTimeZone() }).format(new Date()),
  );
  const part = hour >= 4 && hour < 12 ? "morning" : hour >= 12 && hour < 18 ? "afternoon" : "evening";
  return t(`home.hello.${part}`, { name: name.split(" ")[0] ?? name });
}

function said(tally: Tally, word: "enquiries" | "expiring" | "drafts"): string {
  return tn(`home.say.${word}`, tally.count, { count: tally.more ? `${tally.count}+` : tally.count });
}

function clauses({ enquiries, expiring, drafts }: AttentionState, dashboard: Dashboard | undefined): ReactNode[] {
  const clauses: ReactNode[] = [];
  if (enquiries.count > 0) {
    clauses.push(
      <Link to="/inbox" className={LINK}>
        {said(enquiries, "enquiries")}
      </Link>,
    );
  }
  if (expiring.count > 0) {
    clauses.push(
      <Link to="/quotes" search={{ status: "sent" }} className={LINK}>
        {said(expiring, "expiring")}
      </Link>,
    );
  }
  if (drafts.count > 0) {
    clauses.push(
      <Link to="/quotes" search={{ status: "draft" }} className={LINK}>
        {said(drafts, "drafts")}
      </Link>,
    );
  }
  for (const money of dashboard?.stats?.revenue.overdue ?? []) {
    if (!isZero(money)) clauses.push(t("home.say.overdue", { amount: formatMoney(money, { whole: true }) }));
  }
  return clauses;
}

/** The day in one sentence. */
export function Sentence({ attention, dashboard }: { attention: AttentionState; dashboard: Dashboard | undefined }) {
  const user = useUser();
  const parts = clauses(attention, dashboard);
  return (
    <div>
      <p className="text-muted">
        <time dateTime={today()}>{greeting(user?.name ?? "")}</time>
      </p>
      {attention.pending ? (
        <Skeleton className="mt-2 h-8 w-full max-w-140" />
      ) : (
        <p className="num mt-1 max-w-200 text-xl leading-snug font-semibold tracking-tight text-balance md:text-2xl md:leading-snug">
          {parts.length === 0
            ? t(attention.failed ? "home.say.unknown" : "home.say.nothing")
            : parts.map((clause, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: clauses have a fixed order and no identity
                <Fragment key={at}>
                  {clause}
                  {at < parts.length - 2 ? ", " : at === parts.length - 2 ? ` ${t("home.say.and")} ` : "."}
                </Fragment>
              ))}
        </p>
      )}
    </div>
  );
}
