import { useInfiniteQuery } from "@tanstack/react-query";
import { Lock, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useUser } from "@/features/auth/branding";
import { api, unwrap } from "@/shared/api/client";
import type { Member } from "@/shared/api/types";
import { t } from "@/shared/lib/text";
import { Badge } from "@/shared/ui/Badge";
import { Button } from "@/shared/ui/Button";
import { Confirm } from "@/shared/ui/Dialog";
import { Time } from "@/shared/ui/Time";
import { Awaited, Part, Row, Rows } from "./Parts";
import { peopleQuery, useChange } from "./queries";
import { RoleSelect, type TenantRole } from "./RoleSelect";

type Change = { id: string; role?: TenantRole; active?: boolean };

function Badges({ member }: { member: Member }) {
  return (
    <>
      {!member.active && (
        <Badge tone="red" icon={Lock}>
          {t("people.gone")}
        </Badge>
      )}
      {member.active && !member.can_sign_in && <Badge tone="amber">{t("people.waiting")}</Badge>}
      {member.second_factor && (
        <Badge tone="green" icon={ShieldCheck}>
          {t("people.factor")}
        </Badge>
      )}
    </>
  );
}

/** Who works in the agency: roles, and who is let in. */
export function PeopleSection() {
  const query = useInfiniteQuery(peopleQuery);
  const own = useUser()?.id;
  const [leaving, setLeaving] = useState<Member>();
  const change = useChange(
    ({ id, ...body }: Change) =>
      unwrap(api.PATCH("/api/v1/users/{user_id}", { params: { path: { user_id: id } }, body })),
    t("people.changed"),
  );
  const members = query.data?.pages.flatMap((page) => page.items) ?? [];
  const row = (member: Member) => (
    <Row
      key={member.id}
      title={member.name}
      badges={<Badges member={member} />}
      note={
        <>
          {member.email} ·{" "}
          {member.last_seen_at ? (
            <>
              {t("people.seen")} <Time at={member.last_seen_at} />
            </>
          ) : (
            t("people.never")
          )}
        </>
      }
      actions={
        <>
          <RoleSelect
            label={t("people.role", { name: member.name })}
            value={member.role as TenantRole}
            disabled={change.isPending || !member.active}
            onChange={(role) => change.mutate({ id: member.id, role })}
          />
          {member.active ? (
            <Button size="sm" disabled={member.id === own} onClick={() => setLeaving(member)}>
              {t("people.out")}
            </Button>
          ) : (
            <Button size="sm" onClick={() => change.mutate({ id: member.id, active: true })}>
              {t("people.in")}
            </Button>
          )}
        </>
      }
    />
  );
  return (
    <Part lead={t("people.lead")}>
      <Awaited query={query}>{() => <Rows>{members.map(row)}</Rows>}</Awaited>
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("action.loadMore")}
        </Button>
      )}
      <Confirm
        open={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t("people.out.title", { name: leaving?.name ?? "" })}
        text={t("people.out.text")}
        confirm={t("people.out")}
        onConfirm={() => leaving && change.mutate({ id: leaving.id, active: false })}
      />
    </Part>
  );
}
