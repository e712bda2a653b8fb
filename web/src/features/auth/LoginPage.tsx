import { useMutation } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { ArrowRight, Eye, EyeOff } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { api, unwrap } from "@/shared/api/client";
import { Problem, problemOf } from "@/shared/api/problem";
import { session } from "@/shared/api/session";
import { type MessageKey, t } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { Field, Input } from "@/shared/ui/Input";
import { Entrance } from "./Entrance";
import { type Agency, agenciesOf } from "./tenants";

const route = getRouteApi("/login");

type Credentials = { email: string; password: string; tenant_id?: string; code?: string };

function wordsFor(error: unknown): string {
  const problem = problemOf(error);
  if (problem.code === "second_factor_code_required") return "";
  if (problem.code === "invalid_code") return t("login.code.wrong");
  const keys: Record<number, MessageKey> = { 0: "login.offline", 401: "login.wrong", 429: "login.limited" };
  return t(keys[problem.status] ?? "login.failed");
}

function useLogin() {
  const navigate = useNavigate();
  const { next } = route.useSearch();
  return useMutation({
    mutationFn: (body: Credentials) => unwrap(api.POST("/api/v1/auth/login", { body: { ...body, session: "cookie" } })),
    onSuccess: (grant) => {
      session.start(grant);
      void navigate({ href: next ?? "/", replace: true });
    },
  });
}

type FormProps = { onSubmit: (credentials: Credentials) => void; busy: boolean; error: string | null };

function CredentialsForm({ onSubmit, busy, error }: FormProps) {
  const [shown, setShown] = useState(false);
  const [incomplete, setIncomplete] = useState(false);
  const alert = useRef<HTMLParagraphElement>(null);
  const message = incomplete ? t("login.missing") : error;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const email = String(data.get("email") ?? "").trim();
    const password = String(data.get("password") ?? "");
    setIncomplete(email === "" || password === "");
    if (email !== "" && password !== "") onSubmit({ email, password });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label={t("login.email")}>
        {(props) => (
          <Input
            {...props}
            name="email"
            type="email"
            autoComplete="username"
            inputMode="email"
            autoFocus
            required
            className="h-10"
          />
        )}
      </Field>
      <Field label={t("login.password")}>
        {(props) => (
          <div className="relative">
            <Input
              {...props}
              name="password"
              type={shown ? "text" : "password"}
              autoComplete="current-password"
              required
              className="h-10 pr-10"
            />
            <button
              type="button"
              onClick={() => setShown(!shown)}
              aria-pressed={shown}
              aria-label={t(shown ? "login.hide" : "login.show")}
              className="absolute top-1/2 right-1.5 -translate-y-1/2 rounded-sm p-1.5 text-faint hover:text-ink"
            >
              {shown ? <EyeOff className="size-4" aria-hidden /> : <Eye className="size-4" aria-hidden />}
            </button>
          </div>
        )}
      </Field>
      <p ref={alert} role="alert" className="text-sm text-red empty:hidden">
        {message}
      </p>
      <Button type="submit" look="primary" busy={busy} className="h-10">
        {busy ? t("login.busy") : t("login.submit")}
      </Button>
    </form>
  );
}

type ChooserProps = { agencies: Agency[]; busy: boolean; onChoose: (id: string) => void; onBack: () => void };

function AgencyChooser({ agencies, busy, onChoose, onBack }: ChooserProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section>
      <h2 ref={heading} tabIndex={-1} className="text-lg outline-none">
        {t("login.choose")}
      </h2>
      <p className="mt-1 text-muted">{t("login.choose.text")}</p>
      <ul className="mt-4 divide-y divide-line rounded-lg ring-1 ring-line">
        {agencies.map((agency) => (
          <li key={agency.id}>
            <button
              type="button"
              disabled={busy}
              onClick={() => onChoose(agency.id)}
              className="group flex h-12 w-full items-center gap-3 px-4 text-left font-medium hover:bg-hover"
            >
              <span className="flex-1">{agency.name}</span>
              <ArrowRight className="size-4 text-faint transition-transform group-hover:translate-x-0.5" aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <Button look="quiet" onClick={onBack} className="mt-3 -ml-3">
        {t("login.other")}
      </Button>
    </section>
  );
}

type CodeProps = { onSubmit: (code: string) => void; onBack: () => void; busy: boolean; error: string };

/** The second step for whoever has a second factor. */
function CodeForm({ onSubmit, onBack, busy, error }: CodeProps) {
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const code = String(new FormData(event.currentTarget).get("code") ?? "").trim();
        if (code !== "") onSubmit(code);
      }}
    >
      <h1 className="text-2xl tracking-tight">{t("login.code.title")}</h1>
      <p className="text-muted">{t("login.code.lead")}</p>
      <Field label={t("login.code")} error={error || undefined}>
        {(props) => <Input {...props} name="code" autoComplete="one-time-code" autoFocus required className="h-10" />}
      </Field>
      <Button type="submit" look="primary" busy={busy} className="h-10">
        {busy ? t("login.busy") : t("login.submit")}
      </Button>
      <Button look="quiet" onClick={onBack} className="-ml-3 self-start">
        {t("login.other")}
      </Button>
    </form>
  );
}

type LoginProps = { login: ReturnType<typeof useLogin> };

/** Password first; then, where it is wanted, the agency or the code. */
function Steps({ login }: LoginProps) {
  const state = useSyncExternalStore(session.subscribe, session.snapshot);
  const [tried, setTried] = useState<Credentials | null>(null);
  const problem = login.error instanceof Problem ? login.error : null;
  const [wantsCode, setWantsCode] = useState(false);
  const agencies = problem ? agenciesOf(problem) : [];
  const ended = state.status === "signed_out" && state.reason === "ended" && !login.error;
  useEffect(() => {
    if (problem) setWantsCode(problem.code === "second_factor_code_required" || problem.code === "invalid_code");
  }, [problem]);
  const attempt = (credentials: Credentials) => {
    setTried(credentials);
    login.mutate(credentials);
  };
  const startOver = () => {
    setWantsCode(false);
    login.reset();
  };
  if (tried && agencies.length > 0)
    return (
      <AgencyChooser
        agencies={agencies}
        busy={login.isPending}
        onChoose={(tenant_id) => attempt({ ...tried, tenant_id })}
        onBack={login.reset}
      />
    );
  if (tried && wantsCode)
    return (
      <CodeForm
        busy={login.isPending}
        error={login.error ? wordsFor(login.error) : ""}
        onSubmit={(code) => attempt({ ...tried, code })}
        onBack={startOver}
      />
    );
  return (
    <>
      <h1 className="text-2xl tracking-tight">{t("login.title")}</h1>
      <p className="mt-1.5 mb-8 text-muted">{ended ? t("login.ended") : t("login.lead")}</p>
      <CredentialsForm onSubmit={attempt} busy={login.isPending} error={login.error ? wordsFor(login.error) : null} />
      <Link to="/forgot" className="mt-4 inline-block text-sm text-accent-text hover:underline">
        {t("login.forgot")}
      </Link>
    </>
  );
}

export function LoginPage() {
  const login = useLogin();
  return (
    <Entrance title={t("login.title")}>
      <Steps login={login} />
    </Entrance>
  );
}
