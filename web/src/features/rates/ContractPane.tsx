import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { CalendarOff } from "lucide-react";
import { useState } from "react";
import { Pane } from "@/app/Split";
import { api, unwrap } from "@/shared/api/client";
import { problemOf } from "@/shared/api/problem";
import type { ContractDetail } from "@/shared/api/types";
import { formatInstant } from "@/shared/lib/dates";
import { t } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { Confirm } from "@/shared/ui/Dialog";
import { Facts } from "@/shared/ui/Facts";
import { Segmented } from "@/shared/ui/Segmented";
import { Failure, Loading, Notice, Skeleton } from "@/shared/ui/States";
import { toastDone, toastFailed } from "@/shared/ui/toast";
import { CalendarMonth } from "./CalendarMonth";
import type { ContractDocument } from "./document";
import { contractQuery, ratesKey } from "./queries";
import { RateTables } from "./RateTables";
import { Rules } from "./Rules";
import { TABS, type Tab } from "./search";
import { ContractBadge } from "./status";
import { Versions } from "./Versions";

const route = getRouteApi("/app/rates");

/** What can be done with a version: a draft is made live or put aside, a live one is retired. */
function Steps({ contract }: { contract: ContractDetail }) {
  const queries = useQueryClient();
  const draft = contract.status === "draft";
  const step = useMutation({
    mutationFn: (to: "live" | "retired") => {
      const params = { path: { contract_id: contract.id } };
      return unwrap(
        to === "live"
          ? api.POST("/api/v1/rates/contracts/{contract_id}/publish", { params })
          : api.POST("/api/v1/rates/contracts/{contract_id}/retire", { params }),
      );
    },
    onSuccess: (_, to) => {
      const done = to === "live" ? "rates.published" : draft ? "rates.discarded" : "rates.retired";
      toastDone(t(done, { version: contract.version }));
    },
    onError: (error: unknown) => toastFailed(t("rates.stepFailed"), problemOf(error).detail),
    onSettled: () => void queries.invalidateQueries({ queryKey: ratesKey }),
  });
  const [asking, setAsking] = useState(false);
  if (contract.status === "retired") return null;
  const away = draft ? "rates.discard" : "rates.retire";
  const named = { hotel: contract.hotel, version: contract.version };
  return (
    <>
      <Button look="secondary" busy={step.isPending && step.variables === "retired"} onClick={() => setAsking(true)}>
        {t(away)}
      </Button>
      {draft && (
        <Button look="primary" busy={step.isPending && step.variables === "live"} onClick={() => step.mutate("live")}>
          {t("rates.publish")}
        </Button>
      )}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={t(`${away}.title`, named)}
        text={t(`${away}.text`)}
        confirm={t(away)}
        onConfirm={() => step.mutate("retired")}
      />
    </>
  );
}

function Tabbed({ contract, document, tab }: { contract: ContractDetail; document: ContractDocument; tab: Tab }) {
  if (tab === "rules") return <Rules document={document} />;
  if (tab === "versions") return <Versions contract={contract} document={document} />;
  if (tab === "rates") return <RateTables document={document} />;
  if (contract.status === "live")
    return <CalendarMonth key={contract.id} hotelId={contract.hotel_id} document={document} />;
  return <Notice compact icon={CalendarOff} title={t("rates.calendar.notLive")} />;
}

/** One version of a contract: its rates, its rules, its days, and what it changed. */
export function ContractPane({ id, tab, onClose }: { id: string; tab: Tab; onClose: () => void }) {
  const { data: contract, error, refetch } = useQuery(contractQuery(id));
  const navigate = route.useNavigate();
  if (!contract && error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!contract) {
    return (
      <Loading>
        <div className="space-y-4 p-6">
          <Skeleton className="h-6 w-80 max-w-full" />
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-64 w-full" />
        </div>
      </Loading>
    );
  }
  const document = contract.document as unknown as ContractDocument;
  const { hotel, source } = document;
  const stars = hotel.stars ? `, ${hotel.stars} ★` : "";
  return (
    <Pane title={`${contract.hotel}`} onClose={onClose} actions={<Steps contract={contract} />}>
      <div className="flex flex-wrap items-center gap-3">
        <ContractBadge status={contract.status} />
        <span className="num text-muted">{t("rates.version", { version: contract.version })}</span>
      </div>
      <Facts
        rows={[
          [t("rates.place"), `${hotel.destination}, ${hotel.country}${stars}`],
          [t("rates.currency"), contract.currency],
          [t("rates.source"), [source.document, source.sheet].filter(Boolean).join(", ")],
          [
            t("rates.imported"),
            <span key="at" className="num">
              {formatInstant(contract.created_at)}
            </span>,
          ],
        ]}
      />
      <Segmented
        label={t("rates.tabs")}
        value={tab}
        onChange={(next) => void navigate({ search: (known) => ({ ...known, tab: next }), replace: true })}
        options={TABS.map((one) => ({ value: one, label: t(`rates.tab.${one}`) }))}
        className="max-w-full overflow-x-auto"
      />
      <Tabbed contract={contract} document={document} tab={tab} />
    </Pane>
  );
}
