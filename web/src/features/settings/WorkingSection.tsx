import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useUser } from "@/features/auth/branding";
import { api, unwrap } from "@/shared/api/client";
import type { WorkingDays, WorkingDaysChange } from "@/shared/api/types";
import { addDays, today } from "@/shared/lib/dates";
import { t, word } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Field, inputClass } from "@/shared/ui/Input";
import { AbsencesPart } from "./AbsencesPart";
import { Awaited, Part } from "./Parts";
import { useChange, workingDaysQuery } from "./queries";

/** Holidays that have passed count for a while: customers are reminded after so many working days. */
const REMEMBERED_DAYS = 60;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

function DaysForm({ working, fixed }: { working: WorkingDays; fixed: boolean }) {
  const [error, setError] = useState<string>();
  const change = useChange(
    (body: WorkingDaysChange) => unwrap(api.PUT("/api/v1/settings/working-days", { body })),
    t("working.saved"),
  );
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const days = DAYS.filter((day) => data.has(day));
    const holidays = String(data.get("holidays") ?? "")
      .split(/[\s,;]+/)
      .filter(Boolean);
    const isDays = holidays.every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day));
    setError(isDays ? undefined : t("working.holidays.wrong"));
    if (isDays && days.length > 0) change.mutate({ days: [...days], holidays });
  };
  return (
    <form onSubmit={send}>
      <fieldset disabled={fixed} className="flex max-w-xl flex-col gap-4">
        <fieldset>
          <legend className="text-sm font-medium">{t("working.days")}</legend>
          <div className="mt-2 flex flex-wrap gap-x-5 gap-y-2">
            {DAYS.map((day) => (
              <label key={day} className="flex items-center gap-2 pointer-coarse:py-1.5">
                <input
                  type="checkbox"
                  name={day}
                  defaultChecked={working.days.includes(day)}
                  className="size-4 accent-(--accent)"
                />
                {word("day", day)}
              </label>
            ))}
          </div>
        </fieldset>
        <Field label={t("working.holidays")} hint={t("working.holidays.hint")} error={error}>
          {(props) => (
            <textarea
              {...props}
              name="holidays"
              rows={3}
              defaultValue={working.holidays?.filter((day) => day >= addDays(today(), -REMEMBERED_DAYS)).join("\n")}
              placeholder="2027-12-25"
              className={cx(inputClass, "num h-auto py-2")}
            />
          )}
        </Field>
        {working.managed_by_file && <p className="text-sm text-muted">{t("settings.managed")}</p>}
        {!fixed && (
          <Button type="submit" look="primary" className="self-start" busy={change.isPending}>
            {t("settings.save")}
          </Button>
        )}
      </fieldset>
    </form>
  );
}

/** When the agency works, and who is away: new enquiries go to whoever is there. */
export function WorkingSection() {
  const query = useQuery(workingDaysQuery);
  const isAdmin = useUser()?.role === "admin";
  return (
    <div className="flex flex-col gap-10">
      <Part title={t("absences.title")} lead={t("absences.lead")}>
        <AbsencesPart />
      </Part>
      <Part title={t("working.title")} lead={t("working.lead")}>
        <Awaited query={query}>
          {() =>
            query.data && (
              <DaysForm
                key={JSON.stringify(query.data)}
                working={query.data}
                fixed={query.data.managed_by_file || !isAdmin}
              />
            )
          }
        </Awaited>
      </Part>
    </div>
  );
}
