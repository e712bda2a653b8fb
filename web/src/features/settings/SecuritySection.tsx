import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { problemOf } from "@/shared/api/problem";
import { t } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { Field, Input } from "@/shared/ui/Input";
import { toastDone } from "@/shared/ui/toast";
import { Awaited, Part } from "./Parts";
import { factorQuery, useChange } from "./queries";

function PasswordPart() {
  const [fault, setFault] = useState<{ current?: string; wanted?: string }>({});
  const change = useChange((body: { current_password: string; password: string }) =>
    unwrap(api.POST("/api/v1/auth/password/change", { body })),
  );
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    change.mutate(
      { current_password: String(data.get("current")), password: String(data.get("wanted")) },
      {
        onSuccess: () => {
          setFault({});
          form.reset();
          toastDone(t("password.changed"));
        },
        onError: (error) => {
          const { code, detail } = problemOf(error);
          setFault(code === "invalid_credentials" ? { current: t("password.wrong") } : { wanted: detail });
        },
      },
    );
  };
  return (
    <form onSubmit={save} className="flex max-w-sm flex-col gap-4">
      <Field label={t("password.current")} error={fault.current}>
        {(props) => <Input {...props} name="current" type="password" autoComplete="current-password" required />}
      </Field>
      <Field label={t("password.new")} hint={t("password.hint")} error={fault.wanted}>
        {(props) => (
          <Input {...props} name="wanted" type="password" autoComplete="new-password" minLength={10} required />
        )}
      </Field>
      <Button type="submit" className="self-start" busy={change.isPending}>
        {t("password.change")}
      </Button>
    </form>
  );
}

function CodeForm({ label, busy, onCode }: { label: string; busy: boolean; onCode: (code: string) => void }) {
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onCode(String(new FormData(event.currentTarget).get("code")).trim());
  };
  return (
    <form onSubmit={send} className="flex max-w-sm items-end gap-3">
      <Field label={t("factor.code")} className="flex-1">
        {(props) => (
          <Input {...props} name="code" autoComplete="one-time-code" minLength={6} required className="num" />
        )}
      </Field>
      <Button type="submit" busy={busy}>
        {label}
      </Button>
    </form>
  );
}

function Enrolment({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const begin = useChange(() => unwrap(api.POST("/api/v1/auth/second-factor/enrol")));
  const confirm = useChange((code: string) =>
    unwrap(api.POST("/api/v1/auth/second-factor/confirm", { body: { code } })),
  );
  if (!begin.data)
    return (
      <Button look="primary" className="self-start" busy={begin.isPending} onClick={() => begin.mutate(undefined)}>
        {t("factor.begin")}
      </Button>
    );
  const picture = `data:image/svg+xml;utf8,${encodeURIComponent(begin.data.qr_svg)}`;
  return (
    <>
      <p className="max-w-prose">{t("factor.scan")}</p>
      <img src={picture} alt={t("factor.qr")} className="w-48 rounded-lg bg-[#fff] p-2" />
      <p className="num text-sm break-all text-muted">{begin.data.secret}</p>
      <CodeForm
        label={t("factor.confirm")}
        busy={confirm.isPending}
        onCode={(code) => confirm.mutate(code, { onSuccess: (made) => onCodes(made.recovery_codes) })}
      />
    </>
  );
}

function FactorPart() {
  const query = useQuery(factorQuery);
  const [codes, setCodes] = useState<string[]>([]);
  const disable = useChange(
    (code: string) => unwrap(api.POST("/api/v1/auth/second-factor/disable", { body: { code } })),
    t("factor.disabled"),
  );
  if (codes.length > 0)
    return (
      <div className="flex flex-col items-start gap-4">
        <p className="max-w-prose">{t("factor.codes")}</p>
        <ul className="num grid gap-x-8 gap-y-1 rounded-lg bg-sunken p-4 sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <Button onClick={() => setCodes([])}>{t("factor.kept")}</Button>
      </div>
    );
  const state = query.data;
  return (
    <Awaited query={query}>
      {() =>
        state?.enabled ? (
          <div className="flex flex-col gap-4">
            <p>{t("factor.on", { count: state.recovery_codes_left })}</p>
            <CodeForm label={t("factor.disable")} busy={disable.isPending} onCode={(code) => disable.mutate(code)} />
          </div>
        ) : (
          <div className="flex flex-col gap-4">
            {state?.required && <p role="alert">{t("factor.required")}</p>}
            <Enrolment onCodes={setCodes} />
          </div>
        )
      }
    </Awaited>
  );
}

/** How the person proves who they are. */
export function SecuritySection() {
  return (
    <div className="flex flex-col gap-10">
      <Part title={t("factor.title")} lead={t("factor.off")}>
        <FactorPart />
      </Part>
      <section className="flex flex-col gap-4">
        <h2 className="text-lg">{t("password.title")}</h2>
        <PasswordPart />
      </section>
    </div>
  );
}
