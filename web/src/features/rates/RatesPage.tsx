import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { BedDouble, Download, SearchX, Table2, Upload } from "lucide-react";
import { useState } from "react";
import { Split } from "@/app/Split";
import { fetchBlob } from "@/shared/api/client";
import { problemOf } from "@/shared/api/problem";
import type { Contract } from "@/shared/api/types";
import { t, word } from "@/shared/lib/text";
import { useCommands } from "@/shared/lib/useCommands";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { PagedList } from "@/shared/ui/PagedList";
import { Segmented } from "@/shared/ui/Segmented";
import { Notice } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { toastFailed } from "@/shared/ui/toast";
import { ContractPane } from "./ContractPane";
import { ImportDialog } from "./ImportDialog";
import { contractsQuery } from "./queries";
import { RatesNav } from "./RatesNav";
import { CONTRACT_STATES } from "./search";
import { ContractBadge } from "./status";

const route = getRouteApi("/app/rates");

function Row({ contract, selected }: { contract: Contract; selected: boolean }) {
  const quiet = selected ? "text-muted" : "text-faint";
  return (
    <Link
      to="/rates"
      search={(known) => ({ ...known, id: contract.id })}
      aria-current={selected ? "page" : undefined}
      className={cx(
        "block px-4 py-3 -outline-offset-2 transition-colors hover:bg-hover md:px-6",
        selected && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <span className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate font-semibold">{contract.hotel}</span>
        <Time at={contract.created_at} className={cx("num shrink-0 text-xs", quiet)} />
      </span>
      <span className="mt-1 flex items-center justify-between gap-2">
        <span className={cx("num min-w-0 truncate text-sm", quiet)}>
          {t("rates.version", { version: contract.version })}, {contract.currency}
          {contract.source_document && `, ${contract.source_document}`}
        </span>
        <ContractBadge status={contract.status} />
      </span>
    </Link>
  );
}

/** The browser saves the file; the address itself wants a token, so a plain link would not do. */
async function download(): Promise<void> {
  try {
    const blob = await fetchBlob("/api/v1/rates/export");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `rates.${["csv", "json"].find((kind) => blob.type.includes(kind)) ?? "yaml"}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  } catch (error) {
    toastFailed(t("rates.export.failed"), problemOf(error).detail);
  }
}

/** What hotels charge: contracts by their state, and the one that is open beside them. */
export function RatesPage() {
  const { contracts: state = "live", id, tab } = route.useSearch();
  const navigate = route.useNavigate();
  const [importing, setImporting] = useState(false);
  const query = useInfiniteQuery(contractsQuery(state));
  const contracts = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = (next: string | undefined) => void navigate({ search: (known) => ({ ...known, id: next }) });
  useCommands([
    { id: "rates.import", label: t("rates.import"), keys: "u", group: t("rates.title"), run: () => setImporting(true) },
    {
      id: "rates.exchange",
      label: t("exchange.title"),
      keys: "x",
      group: t("rates.title"),
      run: () => void navigate({ to: "/rates/exchange" }),
    },
  ]);
  const importButton = (
    <Button look="primary" icon={<Upload aria-hidden />} onClick={() => setImporting(true)}>
      {t("rates.import")}
    </Button>
  );
  const empty =
    state === "live" ? (
      <Notice icon={BedDouble} title={t("rates.empty")} text={t("rates.empty.text")}>
        {importButton}
      </Notice>
    ) : (
      <Notice icon={SearchX} title={t("rates.none")} text={t("rates.none.text")} />
    );
  return (
    <>
      <Split
        title={t("rates.title")}
        label={t("rates.list")}
        controls={
          <>
            <RatesNav />
            <Segmented
              label={t("rates.state")}
              value={state}
              onChange={(next) =>
                void navigate({ search: { contracts: next === "live" ? undefined : next }, replace: true })
              }
              options={CONTRACT_STATES.map((one) => ({ value: one, label: word("contract", one) }))}
            />
            <Button icon={<Download aria-hidden />} onClick={() => void download()}>
              {t("rates.export")}
            </Button>
            {importButton}
          </>
        }
        list={
          <PagedList query={query} items={contracts} selected={id} onSelect={open} empty={empty}>
            {(contract) => <Row contract={contract} selected={contract.id === id} />}
          </PagedList>
        }
        detail={id ? <ContractPane key={id} id={id} tab={tab ?? "rates"} onClose={() => open(undefined)} /> : null}
        invitation={<Notice icon={Table2} title={t("rates.pick")} text={t("rates.pick.text")} />}
      />
      <ImportDialog open={importing} onClose={() => setImporting(false)} />
    </>
  );
}
