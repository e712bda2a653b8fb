import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { problemOf } from "@/shared/api/problem";
import type { ImportOutcome, ImportProblem } from "@/shared/api/types";
import { t, tn } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Loading, Skeleton } from "@/shared/ui/States";
import { toastDone, toastFailed } from "@/shared/ui/toast";
import { COLUMNS, EXAMPLE } from "./example";
import { FileDrop } from "./FileDrop";
import { Problems } from "./Problems";
import { importRates, ratesKey } from "./queries";

function where(problem: ImportProblem): string {
  if (problem.cell) return [problem.sheet, problem.cell].filter(Boolean).join("!");
  return problem.row === null ? "" : t("rates.import.line", { row: problem.row });
}

function Verdict({ outcome }: { outcome: ImportOutcome }) {
  return (
    <div className="space-y-3" aria-live="polite">
      {outcome.accepted > 0 && (
        <p className="flex items-center gap-2">
          <CircleCheck className="size-4 shrink-0 text-green" aria-hidden />
          {tn("rates.import.fine", outcome.accepted)}
        </p>
      )}
      {outcome.rejected > 0 && (
        <>
          <p className="flex items-center gap-2">
            <TriangleAlert className="size-4 shrink-0 text-amber" aria-hidden />
            {tn("rates.import.wrong", outcome.rejected)}
          </p>
          <Problems problems={outcome.errors.map((problem) => ({ ...problem, where: where(problem) }))} />
        </>
      )}
    </div>
  );
}

function Steps({ file, onDone, onAnother }: { file: File; onDone: () => void; onAnother: () => void }) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState(false);
  const [outcome, setOutcome] = useState<ImportOutcome>();
  const [failure, setFailure] = useState<string>();
  const [tried, setTried] = useState<File>();
  const trial = useMutation({
    mutationFn: () => importRates(file, { dry_run: true, partial: false, draft: false }),
    onSuccess: setOutcome,
    onError: (error: unknown) => setFailure(problemOf(error).detail),
  });
  const real = useMutation({
    mutationFn: (partial: boolean) => importRates(file, { dry_run: false, partial, draft }),
    onSuccess: (done) => {
      toastDone(tn("rates.import.done", done.created ?? 0));
      onDone();
    },
    onError: (error: unknown) => toastFailed(t("rates.import.failed"), problemOf(error).detail),
    onSettled: () => void queries.invalidateQueries({ queryKey: ratesKey }),
  });
  if (tried !== file) {
    setTried(file);
    trial.mutate();
  }
  const partial = (outcome?.rejected ?? 0) > 0;
  return (
    <div className="space-y-4 p-4">
      <p className="truncate font-medium">{file.name}</p>
      {trial.isPending && (
        <Loading>
          <Skeleton className="h-5 w-60" />
        </Loading>
      )}
      {failure && (
        <p role="alert" className="flex items-start gap-2 text-red">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          {failure}
        </p>
      )}
      {outcome && <Verdict outcome={outcome} />}
      {outcome && outcome.accepted > 0 && (
        <label className="flex items-center gap-2">
          <input type="checkbox" checked={draft} onChange={(event) => setDraft(event.target.checked)} />
          {t("rates.import.draft")}
        </label>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onAnother}>{t("rates.import.another")}</Button>
        {outcome && outcome.accepted > 0 && (
          <Button look="primary" busy={real.isPending} onClick={() => real.mutate(partial)}>
            {t(partial ? "rates.import.partial" : "rates.import.all")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What a first sheet has to look like. */
function Columns() {
  return (
    <div className="space-y-2 px-4 pb-4 text-sm text-muted">
      <p>
        {t("rates.import.columns")} <span className="break-words">{COLUMNS.join(", ")}.</span>
      </p>
      <a href={EXAMPLE} download="rates-example.csv" className="text-accent-text underline">
        {t("rates.import.example")}
      </a>
    </div>
  );
}

/** Choose a file, see what is wrong with it by the cell, then import it. */
export function ImportDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [file, setFile] = useState<File>();
  const leave = () => {
    setFile(undefined);
    onClose();
  };
  return (
    <Dialog open={open} onClose={leave} title={t("rates.import")} className="max-w-2xl">
      {file ? (
        <Steps
          key={`${file.name} ${file.lastModified}`}
          file={file}
          onDone={leave}
          onAnother={() => setFile(undefined)}
        />
      ) : (
        <>
          <FileDrop text={t("rates.import.drop")} accept=".csv,.tsv,.xlsx,.yaml,.yml,.json" onFile={setFile} />
          <Columns />
        </>
      )}
    </Dialog>
  );
}
