import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { MailCheck, MailOpen, SearchX } from "lucide-react";
import { useCallback } from "react";
import { Split } from "@/app/Split";
import type { Letter } from "@/shared/api/types";
import { t, word } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { FilterMenu } from "@/shared/ui/FilterMenu";
import { PagedList } from "@/shared/ui/PagedList";
import { SearchInput } from "@/shared/ui/SearchInput";
import { Notice } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { LetterPane } from "./LetterPane";
import { lettersQuery } from "./queries";
import { STATES } from "./search";
import { LetterBadge } from "./state";

const route = getRouteApi("/app/mail");

function Row({ letter, selected }: { letter: Letter; selected: boolean }) {
  const quiet = selected ? "text-muted" : "text-faint";
  return (
    <Link
      to="/mail"
      search={(known) => ({ ...known, id: letter.id })}
      aria-current={selected ? "page" : undefined}
      className={cx(
        "block px-4 py-3 -outline-offset-2 transition-colors hover:bg-hover md:px-6",
        selected && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <span className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate font-semibold">{letter.to}</span>
        <Time at={letter.sent_at ?? letter.created_at} className={cx("num shrink-0 text-xs", quiet)} />
      </span>
      <span className="mt-0.5 block truncate">{letter.subject || t("inbox.noSubject")}</span>
      <span className="mt-1.5 flex items-center justify-between gap-2">
        <span className={cx("min-w-0 truncate text-sm", quiet)}>
          {letter.last_error && letter.status !== "sent" ? letter.last_error : word("letterKind", letter.kind)}
        </span>
        <LetterBadge letter={letter} />
      </span>
    </Link>
  );
}

/** Every mail that the agency sends, and how far each has come. */
export function LettersPage() {
  const { outcome: state, q, id } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(lettersQuery(state, q));
  const letters = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = (next: string | undefined) => void navigate({ search: (known) => ({ ...known, id: next }) });
  const look = useCallback(
    (text: string) => void navigate({ search: (known) => ({ ...known, q: text || undefined }), replace: true }),
    [navigate],
  );
  const empty =
    q || state ? (
      <Notice icon={SearchX} title={t("letters.none")} text={t("letters.none.text")}>
        <Button onClick={() => void navigate({ search: {}, replace: true })}>{t("action.clearFilters")}</Button>
      </Notice>
    ) : (
      <Notice icon={MailCheck} title={t("letters.empty")} text={t("letters.empty.text")} />
    );
  return (
    <Split
      title={t("letters.title")}
      label={t("letters.list")}
      controls={
        <>
          <SearchInput
            value={q ?? ""}
            onChange={look}
            label={t("letters.search.label")}
            placeholder={t("letters.search")}
            className="w-72 max-sm:w-auto max-sm:flex-1"
          />
          <FilterMenu
            label={t("letters.state")}
            any={t("letters.state.any")}
            value={state}
            onChange={(next) =>
              void navigate({
                search: (known) => ({ ...known, outcome: STATES.find((one) => one === next) }),
                replace: true,
              })
            }
            options={STATES.map((one) => ({ value: one, label: word("letter", one) }))}
          />
        </>
      }
      list={
        <PagedList query={query} items={letters} selected={id} onSelect={open} empty={empty}>
          {(letter) => <Row letter={letter} selected={letter.id === id} />}
        </PagedList>
      }
      detail={id ? <LetterPane key={id} id={id} onClose={() => open(undefined)} /> : null}
      invitation={<Notice icon={MailOpen} title={t("letters.pick")} text={t("letters.pick.text")} />}
    />
  );
}
