import { useQuery } from "@tanstack/react-query";
import { Palmtree } from "lucide-react";
import type { FormEvent } from "react";
import { colleaguesQuery } from "@/features/inbox/queries";
import { api, unwrap } from "@/shared/api/client";
import type { Absence, AbsenceNew } from "@/shared/api/types";
import { formatDay, today } from "@/shared/lib/dates";
import { t } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Field, Input, inputClass } from "@/shared/ui/Input";
import { Notice } from "@/shared/ui/States";
import { Awaited, Row, Rows } from "./Parts";
import { absencesQuery, useChange } from "./queries";

function AddForm() {
  const { data } = useQuery(colleaguesQuery());
  const add = useChange((body: AbsenceNew) => unwrap(api.POST("/api/v1/absences", { body })), t("absences.added"));
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name));
    const body = { user_id: text("user"), first_day: text("first"), last_day: text("last") || text("first") };
    add.mutate(body, { onSuccess: () => form.reset() });
  };
  return (
    <form onSubmit={send} className="flex flex-wrap items-end gap-3">
      <Field label={t("absences.who")} className="min-w-0 flex-1 basis-44">
        {(props) => (
          <select {...props} name="user" required className={cx(inputClass)}>
            {data?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("absences.first")}>{(props) => <Input {...props} name="first" type="date" required />}</Field>
      <Field label={t("absences.last")}>{(props) => <Input {...props} name="last" type="date" min={today()} />}</Field>
      <Button type="submit" look="primary" busy={add.isPending}>
        {t("absences.add")}
      </Button>
    </form>
  );
}

function days({ first_day, last_day }: Absence): string {
  if (first_day === last_day) return formatDay(first_day);
  return t("absences.days", { first: formatDay(first_day), last: formatDay(last_day) });
}

/** Who is away, now and later. */
export function AbsencesPart() {
  const query = useQuery(absencesQuery);
  const remove = useChange(
    (id: string) => unwrap(api.DELETE("/api/v1/absences/{absence_id}", { params: { path: { absence_id: id } } })),
    t("absences.removed"),
  );
  const row = (absence: Absence) => (
    <Row
      key={absence.id}
      title={absence.user_name}
      note={days(absence)}
      actions={
        <Button size="sm" onClick={() => remove.mutate(absence.id)} disabled={remove.isPending}>
          {t("absences.remove")}
        </Button>
      }
    />
  );
  return (
    <>
      <AddForm />
      <Awaited query={query}>
        {() =>
          query.data && query.data.items.length > 0 ? (
            <Rows>{query.data.items.map(row)}</Rows>
          ) : (
            <Notice icon={Palmtree} title={t("absences.none")} text={t("absences.none.text")} compact />
          )
        }
      </Awaited>
    </>
  );
}
