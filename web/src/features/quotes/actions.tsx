import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ban, Ellipsis, Link2, Send } from "lucide-react";
import { useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { problemOf } from "@/shared/api/problem";
import type { Quote } from "@/shared/api/types";
import { t } from "@/shared/lib/text";
import { useCommands } from "@/shared/lib/useCommands";
import { Button, IconButton } from "@/shared/ui/Button";
import { Confirm } from "@/shared/ui/Dialog";
import { Menu, MenuItem } from "@/shared/ui/Menu";
import { toastDone, toastFailed, toastUndo } from "@/shared/ui/toast";
import { UndoBar } from "@/shared/ui/UndoBar";
import { quotesKey } from "./queries";
import { canCancel, isSending } from "./status";

function useStep(quote: Quote) {
  const queries = useQueryClient();
  return {
    onError: (error: unknown) => toastFailed(t("quote.actionFailed"), problemOf(error).detail),
    onSettled: () => {
      for (const key of [quotesKey, ["clients"], ["dashboard"], ["enquiries"], ["letters"]])
        void queries.invalidateQueries({ queryKey: key });
    },
    path: { quote_id: quote.id },
  };
}

/** Takes the sending back while its mail waits. */
function useUndo(quote: Quote, onUndone: () => void) {
  const { path, ...handlers } = useStep(quote);
  return useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/quotes/{quote_id}/undo-send", { params: { path } })),
    onSuccess: () => {
      onUndone();
      toastDone(t("undo.quoteDone", { number: quote.number }));
    },
    ...handlers,
  });
}

/** Sending leaves once: the key makes a repeated press the same request, until it was taken back and pressed anew. */
function useSend(quote: Quote, attempt: number, onUndo: () => void) {
  const { path, ...handlers } = useStep(quote);
  return useMutation({
    mutationFn: () =>
      unwrap(
        api.POST("/api/v1/quotes/{quote_id}/send", {
          params: { path },
          headers: { "Idempotency-Key": `send-${quote.id}-${quote.version}-${attempt}` },
        }),
      ),
    onSuccess: (asked) => {
      const title = t("quote.send.done", { number: quote.number, email: quote.customer.email ?? "" });
      if (asked.leaves_at) toastUndo(title, asked.leaves_at, { label: t("undo.action"), onUndo });
      else toastDone(title);
    },
    ...handlers,
  });
}

function useCancel(quote: Quote) {
  const { path, ...handlers } = useStep(quote);
  return useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/quotes/{quote_id}/cancel", { params: { path } })),
    onSuccess: () => toastDone(t("quote.cancel.done", { number: quote.number })),
    ...handlers,
  });
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(new URL(text, window.location.origin).href);
  toastDone(t("action.copied"));
}

/** What can be done with the quote in its status. */
export function QuoteActions({ quote }: { quote: Quote }) {
  const [attempt, setAttempt] = useState(Date.now);
  const undo = useUndo(quote, () => setAttempt(Date.now()));
  const send = useSend(quote, attempt, () => undo.mutate());
  const cancel = useCancel(quote);
  const [asking, setAsking] = useState(false);
  const sendable = quote.status === "draft" && !isSending(quote);
  const address = quote.public_url;
  useCommands(
    sendable && quote.customer.email
      ? [{ id: "quote.send", label: t("quote.send"), keys: "s", group: quote.number, run: () => send.mutate() }]
      : [],
  );
  return (
    <>
      {quote.leaves_at && <UndoBar leavesAt={quote.leaves_at} busy={undo.isPending} onUndo={() => undo.mutate()} />}
      {sendable && (
        <Button
          look="primary"
          icon={<Send aria-hidden />}
          busy={send.isPending}
          disabled={!quote.customer.email}
          title={quote.customer.email ? undefined : t("quote.noEmail")}
          onClick={() => send.mutate()}
        >
          {t("quote.send")}
        </Button>
      )}
      {(address || canCancel(quote.status)) && (
        <Menu
          trigger={
            <IconButton label={t("action.more")}>
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          {address && (
            <MenuItem icon={<Link2 aria-hidden />} onSelect={() => void copy(address)}>
              {t("quote.publicLink")}
            </MenuItem>
          )}
          {canCancel(quote.status) && (
            <MenuItem icon={<Ban aria-hidden />} danger onSelect={() => setAsking(true)}>
              {t("quote.cancel")}
            </MenuItem>
          )}
        </Menu>
      )}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={t("quote.cancel.title", { number: quote.number })}
        text={t("quote.cancel.text")}
        confirm={t("quote.cancel")}
        onConfirm={() => cancel.mutate()}
      />
    </>
  );
}
