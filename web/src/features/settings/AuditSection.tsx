import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Eye, ScrollText, SearchX } from "lucide-react";
import type { AuditEntry } from "@/shared/api/types";
import { t, word } from "@/shared/lib/text";
import { Badge } from "@/shared/ui/Badge";
import { Button } from "@/shared/ui/Button";
import { FilterMenu } from "@/shared/ui/FilterMenu";
import { SearchInput } from "@/shared/ui/SearchInput";
import { Segmented } from "@/shared/ui/Segmented";
import { Notice } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { changesOf, pathOf, TOPICS } from "./audit";
import { Awaited, Part } from "./Parts";
import { auditQuery } from "./queries";
import { KINDS, type SettingsSearch } from "./search";

const route = getRouteApi("/app/settings");

function Changes({ entry }: { entry: AuditEntry }) {
  const changes = changesOf(entry.before, entry.after);
  return (
    <div className="mt-2 flex flex-col gap-2 rounded-sm bg-sunken px-3 py-2 text-sm">
      {entry.forgotten && <p className="text-muted">{t("audit.forgotten")}</p>}
      {changes.length > 0 && (
        <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[minmax(7rem,auto)_1fr]">
          {changes.map(({ name, before, after }) => (
            <div key={name} className="contents">
              <dt className="text-faint">{name}</dt>
              <dd className="min-w-0 break-words">
                {before && <del className="text-muted">{before}</del>} {before && after && "\u2192 "}
                {after}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="num break-all text-faint">
        {entry.subject_id && `${word("audit.subject", entry.subject_kind)} ${entry.subject_id} · `}
        {t("audit.request", { id: entry.request_id })}
      </p>
    </div>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const path = pathOf(entry.subject_kind, entry.subject_id);
  return (
    <li className="px-4 py-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="flex min-w-0 flex-wrap items-center gap-2 font-medium">
          {word("audit.action", entry.action)}
          {entry.kind === "access" && <Badge icon={Eye}>{t("audit.access")}</Badge>}
        </span>
        <Time at={entry.at} className="num shrink-0 text-sm text-faint" />
      </p>
      <p className="mt-0.5 text-sm break-words text-muted">
        {entry.actor.name}
        {entry.address && ` · ${entry.address}`}
        {path && (
          <>
            {" · "}
            <Link to={path} className="rounded-sm text-accent-text hover:underline">
              {t("audit.open")}
            </Link>
          </>
        )}
      </p>
      <details className="mt-1">
        <summary className="w-fit cursor-pointer rounded-sm py-0.5 text-sm text-faint hover:text-ink pointer-coarse:py-2">
          {t("audit.details")}
        </summary>
        <Changes entry={entry} />
      </details>
    </li>
  );
}

function Day({ label, value, onChange }: { label: string; value?: string; onChange: (day: string) => void }) {
  return (
    <label className="flex items-center gap-1.5 text-sm text-muted">
      {label}
      <input
        type="date"
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 rounded-sm bg-surface px-2 text-ink ring-1 ring-inset ring-line-strong focus:outline-none focus:ring-2 focus:ring-accent-text pointer-coarse:h-10"
      />
    </label>
  );
}

/** Who did what, and who looked at whose data. */
export function AuditSection() {
  const { q, kind, topic, from, to } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(auditQuery({ q, kind, topic, from, to }));
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  const look = (change: SettingsSearch) =>
    void navigate({ search: (known) => ({ ...known, ...change }), replace: true });
  const empty = query.hasNextPage ? (
    <Notice icon={SearchX} title={t("audit.notYet")} text={t("audit.notYet.text")} compact />
  ) : (
    <Notice icon={ScrollText} title={t("audit.none")} text={t("audit.none.text")} compact />
  );
  return (
    <Part lead={t("audit.lead")}>
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput
          value={q ?? ""}
          onChange={(text) => look({ q: text || undefined })}
          label={t("audit.search.label")}
          placeholder={t("audit.search")}
          className="min-w-48 flex-1"
        />
        <FilterMenu
          label={t("audit.topic")}
          any={t("audit.topic.any")}
          value={topic}
          onChange={(value) => look({ topic: TOPICS.find((one) => one === value) })}
          options={TOPICS.map((value) => ({ value, label: word("audit.subject", value) }))}
        />
        <Segmented
          label={t("audit.kind")}
          value={kind ?? "all"}
          onChange={(value) => look({ kind: KINDS.find((one) => one === value) })}
          options={[
            { value: "all", label: t("audit.kind.all") },
            ...KINDS.map((value) => ({ value, label: word("audit.kind", value) })),
          ]}
        />
        <Day label={t("audit.from")} value={from} onChange={(day) => look({ from: day || undefined })} />
        <Day label={t("audit.to")} value={to} onChange={(day) => look({ to: day || undefined })} />
      </div>
      <Awaited query={query}>
        {() => (
          <>
            {entries.length > 0 ? (
              <ul className="divide-y divide-line rounded-lg ring-1 ring-line">
                {entries.map((entry) => (
                  <Entry key={entry.id} entry={entry} />
                ))}
              </ul>
            ) : (
              empty
            )}
            {query.hasNextPage && (
              <Button
                className="self-center"
                busy={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {t("action.loadMore")}
              </Button>
            )}
          </>
        )}
      </Awaited>
    </Part>
  );
}
