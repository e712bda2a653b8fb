import { type FormEvent, useMemo } from "react";
import type { Enquiry } from "@/shared/api/types";
import { t, word } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { Field, Input, inputClass } from "@/shared/ui/Input";
import { useCorrection } from "./actions";
import { BUDGET, changesOf, formOf } from "./correcting";

const BOARDS = ["", "RO", "BB", "HB", "FB", "AI"];

type BoxProps = {
  name: string;
  label: string;
  value: string;
  type?: string;
  hint?: string;
  pattern?: string;
  onFocus: () => void;
};

function Box({ name, label, value, hint, ...rest }: BoxProps) {
  return (
    <Field label={label} hint={hint}>
      {(props) => <Input {...props} {...rest} name={name} defaultValue={value} />}
    </Field>
  );
}

/** The fields as a form, in place; the field that has the focus lights up in the mail. */
export function Correct({
  enquiry,
  onActive,
  onClose,
}: {
  enquiry: Enquiry;
  onActive: (field: string | null) => void;
  onClose: () => void;
}) {
  const before = useMemo(() => formOf(enquiry.trip_request), [enquiry.trip_request]);
  const correct = useCorrection(enquiry.id);
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = Object.fromEntries([...new FormData(event.currentTarget)].map(([name, text]) => [name, String(text)]));
    const changes = changesOf(enquiry.trip_request, form);
    if (Object.keys(changes).length === 0) onClose();
    else correct.mutate(changes, { onSuccess: onClose });
  };
  const box = (name: string, more: { type?: string; hint?: string; pattern?: string } = {}) => (
    <Box name={name} label={word("field", name)} value={before[name] ?? ""} onFocus={() => onActive(name)} {...more} />
  );
  return (
    <form onSubmit={save} aria-label={t("inbox.correct.title")} className="space-y-3">
      {box("destinations", { hint: t("inbox.correct.hint") })}
      {box("hotels")}
      <div className="grid grid-cols-2 gap-2">
        {box("check_in", { type: "date" })}
        {box("nights", { type: "number" })}
        {box("adults", { type: "number" })}
        {box("children_ages")}
        {box("rooms", { type: "number" })}
        <Field label={word("field", "board")}>
          {(props) => (
            <select {...props} name="board" defaultValue={before.board} className={inputClass}>
              {BOARDS.map((code) => (
                <option key={code} value={code}>
                  {code ? word("board", code) : "–"}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {box("budget", { hint: t("inbox.correct.budgetHint"), pattern: BUDGET.source.slice(1, -1) })}
      {box("customer_name")}
      {box("customer_email", { type: "email" })}
      <div className="flex gap-2">
        <Button type="submit" look="primary" busy={correct.isPending}>
          {t("inbox.correct.save")}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t("action.close")}
        </Button>
      </div>
    </form>
  );
}
