import { Send } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { Enquiry } from "@/shared/api/types";
import { t } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Dialog } from "@/shared/ui/Dialog";
import { Field, inputClass } from "@/shared/ui/Input";
import { useReply } from "./actions";

/** The newest draft of the conversation: what the platform would write. */
export function draftOf(enquiry: Pick<Enquiry, "thread">): string {
  const drafts = enquiry.thread.filter((message) => message.direction === "out" && message.status === "draft");
  return drafts.at(-1)?.text ?? "";
}

/** An answer to the customer; it begins with what was drafted. */
export function ReplyDialog({ enquiry, onClose }: { enquiry: Enquiry; onClose: () => void }) {
  const [text, setText] = useState(() => draftOf(enquiry));
  const reply = useReply(enquiry.id);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) reply.mutate(text.trim(), { onSuccess: onClose });
  };
  return (
    <Dialog open onClose={onClose} title={t("inbox.reply")} className="max-w-2xl">
      <form onSubmit={send} className="space-y-4 p-4">
        <Field label={t("inbox.reply.text")} hint={t("inbox.reply.hint")}>
          {(props) => (
            <textarea
              {...props}
              autoFocus
              rows={10}
              value={text}
              onChange={(event) => setText(event.target.value)}
              className={cx(inputClass, "h-auto py-2 leading-relaxed")}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {t("action.close")}
          </Button>
          <Button
            type="submit"
            look="primary"
            icon={<Send aria-hidden />}
            busy={reply.isPending}
            disabled={text.trim() === ""}
          >
            {t("inbox.reply.send")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
