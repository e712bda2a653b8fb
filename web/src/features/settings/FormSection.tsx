import { useQuery } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import type { FormEvent } from "react";
import { api, unwrap } from "@/shared/api/client";
import type { WebForm, WebFormChange } from "@/shared/api/types";
import { t } from "@/shared/lib/text";
import { Badge } from "@/shared/ui/Badge";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Field, Input, inputClass } from "@/shared/ui/Input";
import { toastDone } from "@/shared/ui/toast";
import { Awaited, Part } from "./Parts";
import { useChange, webFormQuery } from "./queries";

function Snippet({ form }: { form: WebForm }) {
  const copy = () => void navigator.clipboard.writeText(form.snippet).then(() => toastDone(t("form.copied")));
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-2 font-medium">
        {t("form.snippet")}
        <Badge tone={form.is_on ? "green" : "neutral"}>{t(form.is_on ? "form.on" : "form.off")}</Badge>
      </p>
      <code className="num rounded-sm bg-sunken p-3 text-sm break-all select-all">{form.snippet}</code>
      <p className="max-w-prose text-sm text-muted">{t("form.snippet.text")}</p>
      <Button className="self-start" icon={<Copy aria-hidden />} onClick={copy}>
        {t("action.copy")}
      </Button>
    </div>
  );
}

function ChangeForm({ form }: { form: WebForm }) {
  const change = useChange(
    (body: WebFormChange) => unwrap(api.PUT("/api/v1/settings/web-form", { body })),
    t("form.saved"),
  );
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? "").trim();
    const origins = text("origins").split(/\s+/).filter(Boolean);
    change.mutate({ origins, consent: text("consent"), privacy_url: text("privacy_url") });
  };
  return (
    <form onSubmit={send}>
      <fieldset disabled={form.managed_by_file} className="flex max-w-xl flex-col gap-4">
        <Field label={t("form.origins")} hint={t("form.origins.hint")}>
          {(props) => (
            <textarea
              {...props}
              name="origins"
              rows={3}
              defaultValue={form.origins.join("\n")}
              placeholder="https://www.agency.example"
              spellCheck={false}
              className={cx(inputClass, "h-auto py-2")}
            />
          )}
        </Field>
        <Field label={t("form.consent")} hint={t("form.consent.hint")}>
          {(props) => (
            <textarea
              {...props}
              name="consent"
              rows={2}
              maxLength={1000}
              defaultValue={form.consent}
              className={cx(inputClass, "h-auto py-2")}
            />
          )}
        </Field>
        <Field label={t("form.privacy")}>
          {(props) => (
            <Input {...props} name="privacy_url" type="url" maxLength={500} defaultValue={form.privacy_url} />
          )}
        </Field>
        {form.managed_by_file ? (
          <p className="text-sm text-muted">{t("settings.managed")}</p>
        ) : (
          <Button type="submit" look="primary" className="self-start" busy={change.isPending}>
            {t("settings.save")}
          </Button>
        )}
      </fieldset>
    </form>
  );
}

/** The enquiry form for the agency's own pages. */
export function FormSection() {
  const query = useQuery(webFormQuery);
  return (
    <Part lead={t("form.lead")}>
      <Awaited query={query}>
        {() =>
          query.data && (
            <div className="flex flex-col gap-8">
              <ChangeForm key={JSON.stringify(query.data)} form={query.data} />
              <Snippet form={query.data} />
            </div>
          )
        }
      </Awaited>
    </Part>
  );
}
