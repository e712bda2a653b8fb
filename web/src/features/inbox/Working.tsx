import { useQuery } from "@tanstack/react-query";
import { AlarmClock, UserRound } from "lucide-react";
import { useRef } from "react";
import type { Enquiry } from "@/shared/api/types";
import { formatInstant } from "@/shared/lib/dates";
import { t } from "@/shared/lib/text";
import { useCommands } from "@/shared/lib/useCommands";
import { Button } from "@/shared/ui/Button";
import { Menu, MenuChoice, MenuItem } from "@/shared/ui/Menu";
import { useAssign, useSnooze } from "./actions";
import { colleaguesQuery } from "./queries";
import { snoozeChoices } from "./snooze";

const NOBODY = "nobody";

/** Who works on the enquiry. */
export function AssignMenu({ enquiry }: { enquiry: Enquiry }) {
  const { data } = useQuery(colleaguesQuery());
  const assign = useAssign(enquiry.id);
  const options = [
    ...(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
    { value: NOBODY, label: t("inbox.assign.nobody") },
  ];
  return (
    <Menu
      align="start"
      trigger={
        <Button size="sm" look="quiet" icon={<UserRound aria-hidden />} busy={assign.isPending}>
          {enquiry.assignee_name ?? t("inbox.assign")}
        </Button>
      }
    >
      <MenuChoice
        label={t("inbox.assign.to")}
        value={enquiry.assignee_id ?? NOBODY}
        onChange={(value) => assign.mutate(value === NOBODY ? null : value)}
        options={options}
      />
    </Menu>
  );
}

/** Puts the enquiry out of sight for a while; `s` opens the choices. */
export function SnoozeMenu({ enquiry }: { enquiry: Enquiry }) {
  const { snooze, wake } = useSnooze(enquiry.id);
  const trigger = useRef<HTMLButtonElement>(null);
  const group = t("inbox.title");
  useCommands([
    { id: "enquiry.snooze", label: t("inbox.snooze"), keys: "s", group, run: () => trigger.current?.click() },
  ]);
  return (
    <Menu
      align="start"
      trigger={
        <Button ref={trigger} size="sm" look="quiet" icon={<AlarmClock aria-hidden />} busy={snooze.isPending}>
          {enquiry.snoozed_until
            ? t("inbox.snoozed.until", { when: formatInstant(enquiry.snoozed_until) })
            : t("inbox.snooze")}
        </Button>
      }
    >
      {enquiry.snoozed_until && <MenuItem onSelect={() => wake.mutate()}>{t("inbox.wake")}</MenuItem>}
      {snoozeChoices().map((choice) => (
        <MenuItem key={choice.label} onSelect={() => snooze.mutate(choice.until)}>
          {t(choice.label)}
        </MenuItem>
      ))}
    </Menu>
  );
}
