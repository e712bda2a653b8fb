import { CircleHelp } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { Enquiry, TripCorrection } from "@/shared/api/types";
import { today } from "@/shared/lib/dates";
import { t, word } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { Field, Input } from "@/shared/ui/Input";
import { useCorrection } from "./actions";

/** What was typed, as a correction; an empty field corrects nothing. */
export function correctionOf(form: FormData): TripCorrection {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const numbers = (name: string) =>
    text(name)
      .split(/[\s,;]+/)
      .filter((part) => /^\d+$/.test(part))
      .map(Number);
  const ages = numbers("children_ages");
  const [adults, nights] = [numbers("adults")[0], numbers("nights")[0]];
  return {
    ...(text("destination") ? { destinations: [text("destination")], unmatched_destinations: [] } : {}),
    ...(text("check_in") ? { check_in: text("check_in") } : {}),
    ...(nights === undefined ? {} : { nights }),
    ...(adults === undefined ? {} : { adults }),
    ...(ages.length > 0 ? { children_ages: ages } : {}),
  };
}

function FillIn({ field }: { field: string }) {
  if (field === "destination") {
    return <Field label={word("field", "destinations")}>{(props) => <Input {...props} name="destination" />}</Field>;
  }
  if (field === "dates") {
    return (
      <div className="flex gap-2">
        <Field label={word("field", "check_in")} className="flex-1">
          {(props) => <Input {...props} name="check_in" type="date" min={today()} />}
        </Field>
        <Field label={t("inbox.fill.nights")} className="w-20">
          {(props) => <Input {...props} name="nights" type="number" min={1} max={365} inputMode="numeric" />}
        </Field>
      </div>
    );
  }
  if (field === "adults") {
    return (
      <Field label={word("field", "adults")}>
        {(props) => <Input {...props} name="adults" type="number" min={1} max={200} inputMode="numeric" />}
      </Field>
    );
  }
  return (
    <Field label={word("missing", field)} hint={t("inbox.fill.children")}>
      {(props) => <Input {...props} name={field} inputMode="numeric" />}
    </Field>
  );
}

/** What a price cannot do without: the question that goes to the customer, or the answer when somebody knows it. */
export function Missing({ enquiry }: { enquiry: Enquiry }) {
  const [filling, setFilling] = useState(false);
  const correct = useCorrection(enquiry.id);
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const correction = correctionOf(new FormData(event.currentTarget));
    if (Object.keys(correction).length > 0) correct.mutate(correction, { onSuccess: () => setFilling(false) });
  };
  return (
    <section aria-label={t("inbox.missing")} className="rounded-lg bg-amber-soft p-4">
      <h3 className="flex items-center gap-2 text-base text-amber">
        <CircleHelp className="size-4" aria-hidden />
        {t("inbox.missing")}
      </h3>
      {filling ? (
        <form onSubmit={save} className="mt-3 space-y-3">
          {enquiry.missing.map((field) => (
            <FillIn key={field} field={field} />
          ))}
          <div className="flex gap-2">
            <Button type="submit" look="primary" busy={correct.isPending}>
              {t("inbox.fill.save")}
            </Button>
            <Button look="quiet" onClick={() => setFilling(false)}>
              {t("action.close")}
            </Button>
          </div>
        </form>
      ) : (
        <>
          <ul className="mt-2 space-y-2">
            {enquiry.missing.map((field) => (
              <li key={field}>
                <span className="block text-sm text-muted">{word("missing", field)}</span>
                <span className="block">“{word("ask", field)}”</span>
              </li>
            ))}
          </ul>
          {enquiry.quote_id === null && (
            <Button size="sm" className="mt-3" onClick={() => setFilling(true)}>
              {t("inbox.fill")}
            </Button>
          )}
        </>
      )}
    </section>
  );
}
