import { useQuery } from "@tanstack/react-query";
import { Building2, Download, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Pane } from "@/app/Split";
import { problemOf } from "@/shared/api/problem";
import { formatInstant } from "@/shared/lib/dates";
import { formatBytes } from "@/shared/lib/numbers";
import { t, word } from "@/shared/lib/text";
import { Button, IconButton } from "@/shared/ui/Button";
import { Confirm, Dialog } from "@/shared/ui/Dialog";
import { Facts, Files, MailText } from "@/shared/ui/Facts";
import { Field, Input } from "@/shared/ui/Input";
import { Failure, Loading, Skeleton } from "@/shared/ui/States";
import { download, useQuarantineActions } from "./actions";
import { quarantinedQuery } from "./queries";

type AssignProps = { onClose: () => void; assign: ReturnType<typeof useQuarantineActions>["assign"] };

function AssignForm({ onClose, assign }: AssignProps) {
  const [slug, setSlug] = useState("");
  const [missing, setMissing] = useState(false);
  const refused = assign.error ? problemOf(assign.error).detail || t("jobs.actionFailed") : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = slug.trim().toLowerCase();
    setMissing(wanted === "");
    if (wanted !== "") assign.mutate(wanted);
  };
  return (
    <Dialog open onClose={onClose} title={t("quarantine.assign")} className="max-w-sm">
      <form onSubmit={submit} className="space-y-4 p-4" noValidate>
        <p className="text-muted">{t("quarantine.assign.text")}</p>
        <Field
          label={t("quarantine.assign.slug")}
          hint={t("quarantine.assign.hint")}
          error={missing ? t("quarantine.assign.empty") : refused}
        >
          {(props) => (
            <Input
              {...props}
              value={slug}
              onChange={(event) => setSlug(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <div className="flex justify-end">
          <Button type="submit" look="primary" busy={assign.isPending}>
            {t("quarantine.assign.submit")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type Header = { name: string; value: string };

function Headers({ headers }: { headers: readonly Header[] }) {
  return (
    <details className="rounded-lg border border-line">
      <summary className="px-4 py-2.5 font-medium">{t("quarantine.headers")}</summary>
      <dl className="space-y-1 border-t border-line px-4 py-3 text-sm">
        {headers.map(({ name, value }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may stand twice in a message
          <div key={at} className="break-words">
            <dt className="inline font-medium">{name}:</dt> <dd className="inline break-all text-muted">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function PaneSkeleton() {
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

/** One message for nobody: whom it was meant for, what it says, and what to do with it. */
export function QuarantinePane({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: message, error, refetch } = useQuery(quarantinedQuery(id));
  const { assign, discard } = useQuarantineActions(id);
  const [asking, setAsking] = useState<"assign" | "discard" | null>(null);
  if (!message) return error ? <Failure error={error} onRetry={() => void refetch()} /> : <PaneSkeleton />;
  const path = `/api/v1/operator/quarantine/${encodeURIComponent(id)}/raw`;
  return (
    <Pane
      title={message.subject || t("inbox.noSubject")}
      onClose={onClose}
      actions={
        <>
          <IconButton label={t("outbox.download")} onClick={() => void download(path, `${id}.eml`)}>
            <Download aria-hidden />
          </IconButton>
          <Button icon={<Trash2 aria-hidden />} onClick={() => setAsking("discard")} busy={discard.isPending}>
            {t("quarantine.discard")}
          </Button>
          <Button
            look="primary"
            icon={<Building2 aria-hidden />}
            onClick={() => {
              assign.reset();
              setAsking("assign");
            }}
          >
            {t("quarantine.assign.submit")}
          </Button>
        </>
      }
    >
      <Facts
        rows={[
          [t("quarantine.for"), `${message.recipient} (${word("quarantine.reason", message.reason)})`],
          [t("quarantine.from"), message.from || t("quarantine.noSender")],
          [t("quarantine.came"), formatInstant(message.received_at)],
          [t("quarantine.size"), formatBytes(message.size)],
        ]}
      />
      <Files title={t("inbox.attachments")} files={message.attachments} />
      <MailText>{message.text || t("quarantine.noText")}</MailText>
      <Headers headers={message.headers} />
      {asking === "assign" && (
        <AssignForm
          assign={{ ...assign, mutate: (slug) => assign.mutate(slug, { onSuccess: onClose }) }}
          onClose={() => setAsking(null)}
        />
      )}
      <Confirm
        open={asking === "discard"}
        onClose={() => setAsking(null)}
        title={t("quarantine.discard.title")}
        text={t("quarantine.discard.text")}
        confirm={t("quarantine.discard")}
        onConfirm={() => discard.mutate(undefined, { onSuccess: onClose })}
      />
    </Pane>
  );
}
