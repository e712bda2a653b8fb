import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { useId, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { problemOf } from "@/shared/api/problem";
import type { Quote } from "@/shared/api/types";
import { formatStay } from "@/shared/lib/dates";
import { t, word } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { inputClass } from "@/shared/ui/Input";
import { toastDone, toastFailed } from "@/shared/ui/toast";
import { quotesKey } from "./queries";
import { isSending } from "./status";

/** Says that the stay is not the one asked for, and why; the customer reads it too. */
export function NearestNote({ quote }: { quote: Quote }) {
  const { nearest } = quote;
  if (!nearest) return null;
  const asked =
    nearest.changed === "board" && nearest.asked_board
      ? word("board", nearest.asked_board)
      : formatStay(nearest.asked_check_in, nearest.asked_check_out);
  return (
    <section aria-label={t("quote.nearest")} className="mb-8 flex gap-3 rounded-lg bg-amber-soft p-4">
      <CalendarClock aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium">{t("quote.nearest")}</p>
        <p className="num mt-0.5">{t("quote.nearest.asked", { asked })}</p>
        <p className="mt-0.5 text-sm break-words text-muted">
          {nearest.hotel}: {nearest.detail} ({nearest.code})
        </p>
      </div>
    </section>
  );
}

function Editor({ quote, onClose }: { quote: Quote; onClose: () => void }) {
  const [text, setText] = useState(quote.cover_text);
  const id = useId();
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PATCH("/api/v1/quotes/{quote_id}", {
          params: { path: { quote_id: quote.id } },
          body: { cover_text: text.trim() },
        }),
      ),
    onSuccess: () => {
      toastDone(t("quote.cover.done"));
      void queries.invalidateQueries({ queryKey: quotesKey });
      onClose();
    },
    onError: (error) => toastFailed(t("quote.actionFailed"), problemOf(error).detail),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <label htmlFor={id} className="sr-only">
        {t("quote.cover")}
      </label>
      <textarea
        id={id}
        value={text}
        onChange={(event) => setText(event.target.value)}
        rows={6}
        maxLength={5_000}
        className={cx(inputClass, "h-auto py-2")}
      />
      <div className="mt-2 flex justify-end gap-2">
        <Button look="quiet" size="sm" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button type="submit" size="sm" look="primary" busy={save.isPending}>
          {t("quote.cover.save")}
        </Button>
      </div>
    </form>
  );
}

/** Who wrote the opening words, and why a language model's are not there; nothing where it was never asked. */
function WhoWrote({ quote }: { quote: Quote }) {
  const note = quote.cover_note;
  const said = note
    ? note === "asking"
      ? t("coverNote.asking")
      : t("quote.cover.note", { reason: word("coverNote", note) })
    : quote.cover_by === "template"
      ? ""
      : t(`quote.cover.by.${quote.cover_by}`);
  return said ? <p className="mt-1.5 text-sm text-muted">{said}</p> : null;
}

/** The words that open the quote; a draft's can be written anew. */
export function CoverText({ quote }: { quote: Quote }) {
  const [editing, setEditing] = useState(false);
  const open = quote.status === "draft" && !isSending(quote);
  return (
    <section className="mb-8">
      <h3 className="mb-1 flex min-h-8 items-center justify-between gap-3 text-base">
        {t("quote.cover")}
        {open && !editing && (
          <Button look="quiet" size="sm" onClick={() => setEditing(true)}>
            {t("quote.cover.edit")}
          </Button>
        )}
      </h3>
      {open && editing ? (
        <Editor quote={quote} onClose={() => setEditing(false)} />
      ) : (
        <>
          <p className={cx("break-words whitespace-pre-line", !quote.cover_text && "text-muted")}>
            {quote.cover_text || t("quote.cover.usual")}
          </p>
          <WhoWrote quote={quote} />
        </>
      )}
    </section>
  );
}
