import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { NewEnquiry } from "@/shared/api/types";
import { t } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Dialog } from "@/shared/ui/Dialog";
import { Field, Input, inputClass } from "@/shared/ui/Input";
import { Segmented } from "@/shared/ui/Segmented";
import { useTakeIn } from "./actions";

/** What comes in by mail comes in by itself; the rest is written down here. */
const CHANNELS = ["phone", "chat"] as const;

/** A phone note, or what was said in a chat: it is read and priced as a mail is. */
export function TakeInDialog({ onClose }: { onClose: () => void }) {
  const [channel, setChannel] = useState<(typeof CHANNELS)[number]>("phone");
  const navigate = useNavigate();
  const takeIn = useTakeIn();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? "").trim();
    const body: NewEnquiry = {
      channel,
      from_name: text("name") || null,
      from_email: text("email") || null,
      phone: text("phone") || null,
      subject: t(`inbox.takeIn.subject.${channel}`),
      text: text("text"),
    };
    takeIn.mutate(body, {
      onSuccess: ({ id }) => {
        onClose();
        void navigate({ to: "/inbox/$id", params: { id }, search: {} });
      },
    });
  };
  return (
    <Dialog open onClose={onClose} title={t("inbox.takeIn")} className="max-w-2xl">
      <form onSubmit={send} className="space-y-4 p-4">
        <Segmented
          label={t("inbox.takeIn.channel")}
          value={channel}
          onChange={setChannel}
          options={CHANNELS.map((value) => ({ value, label: t(`inbox.takeIn.${value}`) }))}
        />
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={t("field.customer_name")}>
            {(props) => <Input {...props} autoFocus name="name" maxLength={200} autoComplete="off" />}
          </Field>
          <Field label={t("field.customer_email")}>
            {(props) => <Input {...props} name="email" type="email" autoComplete="off" />}
          </Field>
          <Field label={t("field.customer_phone")}>
            {(props) => <Input {...props} name="phone" type="tel" maxLength={40} autoComplete="off" />}
          </Field>
        </div>
        <Field label={t("inbox.takeIn.text")} hint={t("inbox.takeIn.hint")}>
          {(props) => (
            <textarea
              {...props}
              name="text"
              required
              rows={8}
              maxLength={100_000}
              className={cx(inputClass, "h-auto py-2 leading-relaxed")}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {t("action.close")}
          </Button>
          <Button type="submit" look="primary" busy={takeIn.isPending}>
            {t("inbox.takeIn.send")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
