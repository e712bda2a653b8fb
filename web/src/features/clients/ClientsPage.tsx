import { getRouteApi, Outlet, useMatchRoute, useRouterState } from "@tanstack/react-router";
import { ChevronDown } from "lucide-react";
import { useCallback } from "react";
import { PageHeader } from "@/app/PageHeader";
import { t, word } from "@/shared/lib/text";
import { buttonClass } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Menu, MenuChoice } from "@/shared/ui/Menu";
import { SearchInput } from "@/shared/ui/SearchInput";
import { Segmented } from "@/shared/ui/Segmented";
import { Board } from "./Board";
import { ClientList } from "./ClientList";
import { type ClientsSearch, STAGES } from "./search";

const route = getRouteApi("/app/clients");

function StageFilter({ search, onChange }: { search: ClientsSearch; onChange: (next: ClientsSearch) => void }) {
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className={cx(buttonClass("secondary"), search.stage && "bg-accent-soft! text-accent-text!")}
        >
          {search.stage ? word("stage", search.stage) : t("clients.stage.filter")}
          <ChevronDown aria-hidden />
        </button>
      }
    >
      <MenuChoice
        label={t("clients.stage.filter")}
        value={search.stage ?? ""}
        onChange={(stage) => onChange({ ...search, stage: STAGES.find((known) => known === stage) })}
        options={[
          { value: "", label: t("clients.stage.any") },
          ...STAGES.map((stage) => ({ value: stage as string, label: word("stage", stage) })),
        ]}
      />
    </Menu>
  );
}

function ClientsIndex() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = search.view === "list";
  const change = useCallback(
    (next: ClientsSearch) => void navigate({ to: "/clients", search: next, replace: true, resetScroll: false }),
    [navigate],
  );
  const find = useCallback((q: string) => change({ ...search, q: q || undefined }), [change, search]);
  return (
    <div className={cx("flex flex-col", !list && "h-[calc(100dvh-56px-env(safe-area-inset-bottom))] md:h-dvh")}>
      <PageHeader
        title={t("clients.title")}
        actions={
          <Segmented
            label={t("clients.view")}
            value={list ? "list" : "board"}
            onChange={(view) => change({ q: search.q, ...(view === "list" ? { view } : {}) })}
            options={[
              { value: "board", label: t("clients.view.board") },
              { value: "list", label: t("clients.view.list") },
            ]}
          />
        }
      />
      <div className="sticky top-13 z-10 flex items-center gap-2 bg-surface px-4 py-2.5 md:px-6">
        <SearchInput
          value={search.q ?? ""}
          onChange={find}
          label={t("clients.search.label")}
          placeholder={t("clients.search")}
          className="w-72 max-sm:flex-1"
        />
        {list && <StageFilter search={search} onChange={change} />}
      </div>
      {list ? <ClientList q={search.q} stage={search.stage} /> : <Board q={search.q} />}
    </div>
  );
}

/** The board or the list, and over it the client that was opened from it. */
export function ClientsPage() {
  const matchRoute = useMatchRoute();
  const sheet = useRouterState({ select: (state) => state.location.state.sheet === true });
  const alone = matchRoute({ to: "/clients/$id" }) !== false && !sheet;
  return (
    <>
      {!alone && <ClientsIndex />}
      <Outlet />
    </>
  );
}
