import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { problemOf } from "@/shared/api/problem";
import type { FxOutcome } from "@/shared/api/types";
import { formatDay } from "@/shared/lib/dates";
import { t, tn } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field, Input } from "@/shared/ui/Input";
import { Loading, Skeleton } from "@/shared/ui/States";
import { toastDone } from "@/shared/ui/toast";
import { currenciesIn, exchangeKey, importExchange } from "./exchange";
import { FileDrop } from "./FileDrop";
import { Problems } from "./Problems";

function Verdict({ outcome }: { outcome: FxOutcome }) {
  if (outcome.rejected > 0)
    return (
      <div className="space-y-3" aria-live="polite">
        <p className="flex items-center gap-2">
          <TriangleAlert className="size-4 shrink-0 text-amber" aria-hidden />
          {tn("exchange.import.wrong", outcome.rejected)}
        </p>
        <Problems
          problems={outcome.errors.map((fault) => ({
            ...fault,
            where: fault.row === null ? "" : t("rates.import.line", { row: fault.row }),
          }))}
        />
      </div>
    );
  return (
    <p className="flex items-center gap-2" aria-live="polite">
      <CircleCheck className="size-4 shrink-0 text-green" aria-hidden />
      {outcome.newest
        ? tn("exchange.import.fine", outcome.accepted, { newest: formatDay(outcome.newest) })
        : t("exchange.import.nothing")}
    </p>
  );
}

function Steps({ file, onDone, onAnother }: { file: File; onDone: () => void; onAnother: () => void }) {
  const queries = useQueryClient();
  const [cross, setCross] = useState("");
  const [tried, setTried] = useState<File>();
  const trial = useMutation({ mutationFn: () => importExchange(file, { dry_run: true, cross: [] }) });
  const real = useMutation({
    mutationFn: () => importExchange(file, { dry_run: false, cross: currenciesIn(cross) }),
    onSuccess: ({ created = 0 }) => {
      toastDone(created > 0 ? tn("exchange.import.done", created) : t("exchange.import.known"));
      onDone();
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: exchangeKey }),
  });
  if (tried !== file) {
    setTried(file);
    trial.mutate();
  }
  const ready = trial.data !== undefined && trial.data.rejected === 0 && trial.data.accepted > 0;
  return (
    <form
      className="space-y-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !real.isPending) real.mutate();
      }}
    >
      <p className="truncate font-medium">{file.name}</p>
      {trial.isPending && (
        <Loading>
          <Skeleton className="h-5 w-60" />
        </Loading>
      )}
      {trial.error && (
        <p role="alert" className="flex items-start gap-2 text-red">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          {problemOf(trial.error).detail}
        </p>
      )}
      {trial.data && <Verdict outcome={trial.data} />}
      {ready && (
        <>
          <Field
            label={t("exchange.import.cross")}
            error={real.error ? (problemOf(real.error).errors[0]?.msg ?? problemOf(real.error).detail) : undefined}
          >
            {(field) => (
              <Input
                {...field}
                value={cross}
                onChange={(event) => setCross(event.target.value)}
                placeholder="ZAR"
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
          <p className="text-sm text-muted">{t("exchange.import.cross.text")}</p>
        </>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onAnother}>{t("rates.import.another")}</Button>
        {ready && (
          <Button type="submit" look="primary" busy={real.isPending}>
            {t("rates.import.all")}
          </Button>
        )}
      </div>
    </form>
  );
}

/** Choose the bank's table, see what is wrong with it by the row, then store it for all agencies. */
export function ExchangeImport({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [file, setFile] = useState<File>();
  const leave = () => {
    setFile(undefined);
    onClose();
  };
  return (
    <Dialog open={open} onClose={leave} title={t("exchange.import")} className="max-w-2xl">
      {file ? (
        <Steps
          key={`${file.name} ${file.lastModified}`}
          file={file}
          onDone={leave}
          onAnother={() => setFile(undefined)}
        />
      ) : (
        <FileDrop text={t("exchange.import.drop")} accept=".csv,.zip" onFile={setFile} />
      )}
    </Dialog>
  );
}
