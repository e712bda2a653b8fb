import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleDot, FileText, Inbox, TriangleAlert } from "lucide-react";
import { useId } from "react";
import { Pane } from "@/app/Split";
import { api, unwrap } from "@/shared/api/client";
import { problemOf } from "@/shared/api/problem";
import type { LetterDetail } from "@/shared/api/types";
import { formatInstant } from "@/shared/lib/dates";
import { t, tn } from "@/shared/lib/text";
import { buttonClass } from "@/shared/ui/Button";
import { Facts, Files, MailText } from "@/shared/ui/Facts";
import { Failure, Loading, Skeleton } from "@/shared/ui/States";
import { toastDone, toastFailed } from "@/shared/ui/toast";
import { UndoBar } from "@/shared/ui/UndoBar";
import { stepsOf } from "./life";
import { letterQuery, lettersKey } from "./queries";
import { LetterBadge } from "./state";

function Life({ letter }: { letter: LetterDetail }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-2 text-base">
        {t("letters.life")}
      </h3>
      <ol className="ml-2 border-l border-line">
        {stepsOf(letter).map((step, at) => {
          const Icon = step.trouble ? TriangleAlert : CircleDot;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have an order and no other identity
            <li key={at} className="relative pb-3 pl-5 last:pb-0">
              <Icon
                aria-hidden
                className={`absolute top-0.5 -left-2 size-4 bg-surface ${step.trouble ? "text-amber" : "text-accent-text"}`}
              />
              <p className="flex flex-wrap gap-x-3">
                <span className="font-medium">{step.name}</span>
                {step.at && (
                  <time dateTime={step.at} className="num text-muted">
                    {formatInstant(step.at)}
                  </time>
                )}
              </p>
              {step.detail && <p className="text-sm break-words text-muted">{step.detail}</p>}
            </li>
          );
        })}
      </ol>
      {letter.attempts > 1 && <p className="num mt-2 text-sm text-muted">{tn("letters.attempts", letter.attempts)}</p>}
    </section>
  );
}

function Undo({ id, leavesAt }: { id: string; leavesAt: string }) {
  const queries = useQueryClient();
  const undo = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/mail/{mail_id}/undo", { params: { path: { mail_id: id } } })),
    onSuccess: () => toastDone(t("undo.done")),
    onError: (error: unknown) => toastFailed(t("undo.failed"), problemOf(error).detail),
    onSettled: () => {
      for (const key of [lettersKey, ["quotes"], ["enquiries"], ["clients"], ["dashboard"]])
        void queries.invalidateQueries({ queryKey: key });
    },
  });
  return <UndoBar leavesAt={leavesAt} busy={undo.isPending} onUndo={() => undo.mutate()} />;
}

function Links({ letter }: { letter: LetterDetail }) {
  return (
    <>
      {letter.enquiry_id && (
        <Link
          to="/inbox/$id"
          params={{ id: letter.enquiry_id }}
          search={{ view: "all" }}
          className={buttonClass("secondary")}
        >
          <Inbox aria-hidden />
          {t("letters.enquiry")}
        </Link>
      )}
      {letter.quote_id && (
        <Link to="/quotes/$id" params={{ id: letter.quote_id }} className={buttonClass("secondary")}>
          <FileText aria-hidden />
          {t("letters.quote")}
        </Link>
      )}
    </>
  );
}

/** One mail: how far it has come, what came back about it, and what it says. */
export function LetterPane({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: letter, error, refetch } = useQuery(letterQuery(id));
  if (!letter && error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!letter) {
    return (
      <Loading>
        <div className="space-y-4 p-6">
          <Skeleton className="h-6 w-80 max-w-full" />
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-40 w-full" />
        </div>
      </Loading>
    );
  }
  return (
    <Pane title={letter.subject || t("inbox.noSubject")} onClose={onClose} actions={<Links letter={letter} />}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <LetterBadge letter={letter} />
        {letter.status === "held" && letter.leaves_at && <Undo id={letter.id} leavesAt={letter.leaves_at} />}
      </div>
      <Facts
        rows={[
          [t("letters.to"), letter.to],
          [t("letters.from"), letter.from],
        ]}
      />
      <Life letter={letter} />
      <Files title={t("inbox.attachments")} files={letter.attachments} />
      <MailText>{letter.text}</MailText>
    </Pane>
  );
}
