import { useInfiniteQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import type { Invitation } from "@/shared/api/types";
import { t, word } from "@/shared/lib/text";
import { Badge, type Tone } from "@/shared/ui/Badge";
import { Button } from "@/shared/ui/Button";
import { Field, Input } from "@/shared/ui/Input";
import { Notice } from "@/shared/ui/States";
import { Time } from "@/shared/ui/Time";
import { Awaited, Part, Row, Rows } from "./Parts";
import { invitationsQuery, useChange } from "./queries";
import { RoleSelect, type TenantRole } from "./RoleSelect";

const TONES: Record<Invitation["status"], Tone> = {
  open: "blue",
  accepted: "green",
  revoked: "neutral",
  expired: "amber",
};

function InviteForm() {
  const form = useRef<HTMLFormElement>(null);
  const [role, setRole] = useState<TenantRole>("consultant");
  const invite = useChange(
    (body: { email: string; name: string; role: TenantRole }) =>
      unwrap(api.POST("/api/v1/users/invitations", { body })),
    t("invitations.sent"),
  );
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const body = { email: String(data.get("email")).trim(), name: String(data.get("name") ?? "").trim(), role };
    invite.mutate(body, { onSuccess: () => form.current?.reset() });
  };
  return (
    <form ref={form} onSubmit={send} className="flex flex-wrap items-end gap-3">
      <Field label={t("invitations.email")} className="min-w-0 flex-1 basis-56">
        {(props) => <Input {...props} name="email" type="email" autoComplete="off" required />}
      </Field>
      <Field label={t("invitations.name")} className="min-w-0 flex-1 basis-44">
        {(props) => <Input {...props} name="name" autoComplete="off" />}
      </Field>
      <Field label={t("invitations.role")}>
        {(props) => <RoleSelect id={props.id} value={role} onChange={setRole} />}
      </Field>
      <Button type="submit" look="primary" busy={invite.isPending}>
        {t("invitations.send")}
      </Button>
    </form>
  );
}

/** Who is asked to join. */
export function InvitationsSection() {
  const query = useInfiniteQuery(invitationsQuery);
  const path = (id: string) => ({ params: { path: { invitation_id: id } } });
  const again = useChange(
    (id: string) => unwrap(api.POST("/api/v1/users/invitations/{invitation_id}/resend", path(id))),
    t("invitations.sent"),
  );
  const withdraw = useChange(
    (id: string) => unwrap(api.DELETE("/api/v1/users/invitations/{invitation_id}", path(id))),
    t("invitations.withdrawn"),
  );
  const invitations = query.data?.pages.flatMap((page) => page.items) ?? [];
  const row = ({ id, email, name, role, status, created_at }: Invitation) => (
    <Row
      key={id}
      title={name || email}
      badges={<Badge tone={TONES[status]}>{word("invitation", status)}</Badge>}
      note={
        <>
          {name && `${email} · `}
          {word("role", role)} · <Time at={created_at} />
        </>
      }
      actions={
        (status === "open" || status === "expired") && (
          <>
            <Button size="sm" disabled={again.isPending} onClick={() => again.mutate(id)}>
              {t("invitations.again")}
            </Button>
            <Button size="sm" disabled={withdraw.isPending} onClick={() => withdraw.mutate(id)}>
              {t("invitations.withdraw")}
            </Button>
          </>
        )
      }
    />
  );
  const list = () =>
    invitations.length > 0 ? (
      <Rows>{invitations.map(row)}</Rows>
    ) : (
      <Notice icon={UserPlus} title={t("invitations.none")} text={t("invitations.none.text")} compact />
    );
  return (
    <Part lead={t("invitations.lead")}>
      <InviteForm />
      <Awaited query={query}>{list}</Awaited>
    </Part>
  );
}
