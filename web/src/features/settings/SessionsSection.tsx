import { useQuery } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import type { SignIn } from "@/shared/api/types";
import { t } from "@/shared/lib/text";
import { Badge } from "@/shared/ui/Badge";
import { Button } from "@/shared/ui/Button";
import { Time } from "@/shared/ui/Time";
import { deviceOf } from "./device";
import { Awaited, Part, Row, Rows } from "./Parts";
import { sessionsQuery, useChange } from "./queries";

/** Where the person is signed in. */
export function SessionsSection() {
  const query = useQuery(sessionsQuery);
  const end = useChange(
    (id: string) => unwrap(api.DELETE("/api/v1/auth/sessions/{session_id}", { params: { path: { session_id: id } } })),
    t("sessions.ended"),
  );
  const endOthers = useChange(() => unwrap(api.DELETE("/api/v1/auth/sessions")), t("sessions.ended"));
  const sessions = query.data?.items ?? [];
  const row = (one: SignIn) => (
    <Row
      key={one.id}
      title={deviceOf(one.user_agent) || t("sessions.unknown")}
      badges={one.current && <Badge tone="accent">{t("sessions.here")}</Badge>}
      note={
        <>
          {one.address && `${one.address} · `}
          {t("sessions.used")} <Time at={one.last_used_at} />
        </>
      }
      actions={
        !one.current && (
          <Button size="sm" disabled={end.isPending} onClick={() => end.mutate(one.id)}>
            {t("sessions.end")}
          </Button>
        )
      }
    />
  );
  return (
    <Part lead={t("sessions.lead")}>
      <Awaited query={query}>{() => <Rows>{sessions.map(row)}</Rows>}</Awaited>
      {sessions.length > 1 && (
        <Button className="self-start" busy={endOthers.isPending} onClick={() => endOthers.mutate(undefined)}>
          {t("sessions.endOthers")}
        </Button>
      )}
    </Part>
  );
}
