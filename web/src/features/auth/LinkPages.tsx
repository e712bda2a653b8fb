/** What somebody does by a mailed link. Its secret stands behind the #, which browsers send to no server. */
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { problemOf } from "@/shared/api/problem";
import { t } from "@/shared/lib/text";
import { Button, buttonClass } from "@/shared/ui/Button";
import { Field, Input } from "@/shared/ui/Input";
import { Entrance } from "./Entrance";

function textOf(form: FormData, name: string): string {
  return String(form.get(name) ?? "").trim();
}

/** The server's own words where it has some for people: they say what to do. */
function reasonOf(error: unknown): string {
  const problem = problemOf(error);
  if (problem.isOffline) return t("login.offline");
  return problem.status < 500 && problem.detail ? problem.detail : t("link.failed");
}

function BackToLogin() {
  return (
    <Link to="/login" className="mt-4 inline-block text-sm text-accent-text hover:underline">
      {t("login.back")}
    </Link>
  );
}

/** Done: a sentence, and the way to sign in. */
function Done({ text }: { text: string }) {
  return (
    <div role="status" className="flex flex-col items-start gap-4">
      <p className="flex gap-2">
        <CircleCheck className="mt-0.5 size-4 shrink-0 text-green" aria-hidden />
        {text}
      </p>
      <Link to="/login" className={buttonClass("primary")}>
        {t("login.title")}
      </Link>
    </div>
  );
}

type CardProps = {
  title: string;
  lead?: string;
  submit: string;
  busy: boolean;
  error: unknown;
  onSubmit: (form: FormData) => void;
  children: ReactNode;
};

function Card({ title, lead, submit, busy, error, onSubmit, children }: CardProps) {
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <>
      <h1 className="text-2xl tracking-tight">{title}</h1>
      {lead && <p className="mt-1.5 text-muted">{lead}</p>}
      <form onSubmit={send} className="mt-8 flex flex-col gap-4">
        {children}
        <p role="alert" className="text-sm text-red empty:hidden">
          {error ? reasonOf(error) : null}
        </p>
        <Button type="submit" look="primary" busy={busy} className="h-10">
          {submit}
        </Button>
      </form>
    </>
  );
}

function NewPasswordField() {
  return (
    <Field label={t("password.new")} hint={t("password.hint")}>
      {(props) => (
        <Input
          {...props}
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={10}
          required
          className="h-10"
        />
      )}
    </Field>
  );
}

/** The link's secret, read once and taken out of the address bar. */
function useLinkToken(): string {
  const [token] = useState(() => {
    const found = globalThis.location.hash.slice(1);
    if (found) globalThis.history.replaceState(globalThis.history.state, "", globalThis.location.pathname);
    return found;
  });
  return token;
}

export function ForgotPage() {
  const ask = useMutation({
    mutationFn: (email: string) => unwrap(api.POST("/api/v1/auth/password/forgot", { body: { email } })),
  });
  return (
    <Entrance title={t("forgot.title")}>
      {ask.isSuccess ? (
        <Done text={t("forgot.sent")} />
      ) : (
        <Card
          title={t("forgot.title")}
          lead={t("forgot.lead")}
          submit={t("forgot.submit")}
          busy={ask.isPending}
          error={ask.error}
          onSubmit={(form) => ask.mutate(textOf(form, "email"))}
        >
          <Field label={t("login.email")}>
            {(props) => (
              <Input {...props} name="email" type="email" autoComplete="username" autoFocus required className="h-10" />
            )}
          </Field>
        </Card>
      )}
      {!ask.isSuccess && <BackToLogin />}
    </Entrance>
  );
}

function LinkMissing() {
  return (
    <>
      <p role="alert">{t("link.missing")}</p>
      <BackToLogin />
    </>
  );
}

export function NewPasswordPage() {
  const token = useLinkToken();
  const reset = useMutation({
    mutationFn: (password: string) => unwrap(api.POST("/api/v1/auth/password/reset", { body: { token, password } })),
  });
  const page = reset.isSuccess ? (
    <Done text={t("reset.done")} />
  ) : (
    <Card
      title={t("reset.title")}
      submit={t("reset.submit")}
      busy={reset.isPending}
      error={reset.error}
      onSubmit={(form) => reset.mutate(String(form.get("password") ?? ""))}
    >
      <NewPasswordField />
    </Card>
  );
  return <Entrance title={t("reset.title")}>{token ? page : <LinkMissing />}</Entrance>;
}

export function InvitationPage() {
  const token = useLinkToken();
  const join = useMutation({
    mutationFn: (body: { name: string; password: string }) =>
      unwrap(api.POST("/api/v1/auth/invitations/accept", { body: { token, ...body } })),
  });
  const page = join.isSuccess ? (
    <Done text={t("invited.done")} />
  ) : (
    <Card
      title={t("invited.title")}
      lead={t("invited.lead")}
      submit={t("invited.submit")}
      busy={join.isPending}
      error={join.error}
      onSubmit={(form) => join.mutate({ name: textOf(form, "name"), password: String(form.get("password") ?? "") })}
    >
      <Field label={t("invited.name")}>
        {(props) => <Input {...props} name="name" autoComplete="name" autoFocus required className="h-10" />}
      </Field>
      <NewPasswordField />
    </Card>
  );
  return <Entrance title={t("invited.title")}>{token ? page : <LinkMissing />}</Entrance>;
}
