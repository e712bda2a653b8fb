import { useInfiniteQuery } from "@tanstack/react-query";
import { Copy, KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import type { ApiKey, Scope } from "@/shared/api/types";
import { t, word } from "@/shared/lib/text";
import { Badge } from "@/shared/ui/Badge";
import { Button } from "@/shared/ui/Button";
import { Confirm, Dialog } from "@/shared/ui/Dialog";
import { Field, Input } from "@/shared/ui/Input";
import { Notice } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { toastDone } from "@/shared/ui/toast";
import { Awaited, Part, Row, Rows } from "./Parts";
import { keysQuery, useChange } from "./queries";

const SCOPES: readonly Scope[] = [
  "enquiries:write",
  "enquiries:read",
  "quotes:write",
  "quotes:read",
  "clients:write",
  "clients:read",
  "rates:write",
  "rates:read",
  "pricing:read",
  "dashboard:read",
];

function MakeForm({ onMade }: { onMade: (key: string) => void }) {
  const [scopes, setScopes] = useState<readonly Scope[]>(["enquiries:write"]);
  const make = useChange((body: { name: string; scopes: Scope[] }) => unwrap(api.POST("/api/v1/api-keys", { body })));
  const toggle = (scope: Scope) =>
    setScopes(scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get("name")).trim();
    make.mutate(
      { name, scopes: [...scopes] },
      {
        onSuccess: (made) => {
          form.reset();
          onMade(made.key);
        },
      },
    );
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <Field label={t("keys.name")} className="max-w-sm">
        {(props) => <Input {...props} name="name" maxLength={100} autoComplete="off" required />}
      </Field>
      <fieldset>
        <legend className="text-sm font-medium">{t("keys.scopes")}</legend>
        <div className="mt-2 grid gap-x-6 gap-y-2 sm:grid-cols-2">
          {SCOPES.map((scope) => (
            <label key={scope} className="flex items-center gap-2">
              <input
                type="checkbox"
                checked={scopes.includes(scope)}
                onChange={() => toggle(scope)}
                className="size-4 accent-(--accent)"
              />
              {word("scope", scope)}
            </label>
          ))}
        </div>
      </fieldset>
      <Button type="submit" look="primary" className="self-start" busy={make.isPending} disabled={scopes.length === 0}>
        {t("keys.make")}
      </Button>
    </form>
  );
}

function MadeKey({ made, onClose }: { made: string; onClose: () => void }) {
  const copy = () => void navigator.clipboard.writeText(made).then(() => toastDone(t("keys.copied")));
  return (
    <Dialog open={made !== ""} onClose={onClose} title={t("keys.made")}>
      <div className="flex flex-col gap-4 p-4">
        <code className="num rounded-sm bg-sunken p-3 break-all select-all">{made}</code>
        <div className="flex justify-end gap-2">
          <Button icon={<Copy aria-hidden />} onClick={copy}>
            {t("keys.copy")}
          </Button>
          <Button look="primary" onClick={onClose}>
            {t("keys.done")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** What the agency's own programs may do. */
export function KeysSection() {
  const query = useInfiniteQuery(keysQuery);
  const [made, setMade] = useState("");
  const [ending, setEnding] = useState<ApiKey>();
  const revoke = useChange(
    (id: string) => unwrap(api.DELETE("/api/v1/api-keys/{key_id}", { params: { path: { key_id: id } } })),
    t("keys.revoked"),
  );
  const keys = query.data?.pages.flatMap((page) => page.items) ?? [];
  const row = (key: ApiKey) => (
    <Row
      key={key.id}
      title={key.name}
      badges={key.revoked_at && <Badge>{t("keys.revoked")}</Badge>}
      note={
        <>
          {key.scopes.map((scope) => word("scope", scope)).join(", ")} · {t("keys.ends", { hint: key.hint })} ·{" "}
          {key.last_used_at ? (
            <>
              {t("keys.used")} <Time at={key.last_used_at} />
            </>
          ) : (
            t("keys.unused")
          )}
        </>
      }
      actions={
        !key.revoked_at && (
          <Button size="sm" onClick={() => setEnding(key)}>
            {t("keys.revoke")}
          </Button>
        )
      }
    />
  );
  const list = () =>
    keys.length > 0 ? (
      <Rows>{keys.map(row)}</Rows>
    ) : (
      <Notice icon={KeyRound} title={t("keys.none")} text={t("keys.none.text")} compact />
    );
  return (
    <Part lead={t("keys.lead")}>
      <MakeForm onMade={setMade} />
      <Awaited query={query}>{list}</Awaited>
      <MadeKey made={made} onClose={() => setMade("")} />
      <Confirm
        open={ending !== undefined}
        onClose={() => setEnding(undefined)}
        title={t("keys.revoke.title", { name: ending?.name ?? "" })}
        text={t("keys.revoke.text")}
        confirm={t("keys.revoke")}
        onConfirm={() => ending && revoke.mutate(ending.id)}
      />
    </Part>
  );
}
