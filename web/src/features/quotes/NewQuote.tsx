import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter, useRouterState } from "@tanstack/react-router";
import { X } from "lucide-react";
import { type ReactNode, useId } from "react";
import { type FieldPath, type UseFormReturn, useForm } from "react-hook-form";
import { api, unwrap } from "@/shared/api/client";
import { type Problem, problemOf } from "@/shared/api/problem";
import { addDays, formatStay, today } from "@/shared/lib/dates";
import { t, word } from "@/shared/lib/text";
import { Button, IconButton } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Sheet } from "@/shared/ui/Dialog";
import { Field, Input, inputClass } from "@/shared/ui/Input";
import { toastDone } from "@/shared/ui/toast";
import {
  BOARDS,
  type CheckedQuote,
  type NewQuoteForm,
  nearestOf,
  newQuoteSchema,
  rejectionsOf,
  toRequest,
} from "./form";
import { destinationsQuery, quotesKey } from "./queries";

type Form = UseFormReturn<NewQuoteForm, unknown, CheckedQuote>;

const CURRENCIES = ["ZAR", "USD", "EUR", "GBP"];

const EMPTY: NewQuoteForm = {
  name: "",
  email: "",
  phone: "",
  destination: "",
  check_in: "",
  check_out: "",
  adults: "2",
  children: "",
  board: "",
  budget: "",
  currency: CURRENCIES[0] ?? "USD",
  message: "",
};

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid grid-cols-2 gap-x-4 gap-y-4">
      <legend className="mb-3 font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}

type TextFieldProps = {
  form: Form;
  name: FieldPath<NewQuoteForm>;
  label: string;
  hint?: string;
  className?: string;
} & Omit<React.ComponentProps<"input">, "form" | "name">;

function TextField({ form, name, label, hint, className, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={form.formState.errors[name]?.message} className={className}>
      {(props) => <Input {...props} {...input} {...form.register(name)} />}
    </Field>
  );
}

/** The places that the agency sells, offered while typing; without them any text can still be typed. */
function Places({ id }: { id: string }) {
  const { data } = useQuery(destinationsQuery);
  return (
    <datalist id={id}>
      {data?.items.map((place) => (
        <option key={place.code} value={place.name} />
      ))}
    </datalist>
  );
}

function TripFields({ form }: { form: Form }) {
  const arrival = form.watch("check_in");
  const places = useId();
  return (
    <Group title={t("new.trip")}>
      <TextField form={form} name="destination" label={t("new.destination")} className="col-span-2" list={places} />
      <Places id={places} />
      <TextField form={form} name="check_in" label={t("new.checkIn")} type="date" min={today()} />
      <TextField
        form={form}
        name="check_out"
        label={t("new.checkOut")}
        type="date"
        min={arrival ? addDays(arrival, 1) : today()}
      />
      <TextField form={form} name="adults" label={t("new.adults")} type="number" min={1} max={50} inputMode="numeric" />
      <TextField
        form={form}
        name="children"
        label={t("new.children")}
        hint={t("new.children.hint")}
        inputMode="numeric"
      />
      <Field label={t("new.board")}>
        {(props) => (
          <select {...props} {...form.register("board")} className={inputClass}>
            <option value="">{t("new.board.any")}</option>
            {BOARDS.map((board) => (
              <option key={board} value={board}>
                {word("board", board)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("new.budget")} hint={t("new.optional")} error={form.formState.errors.budget?.message}>
        {(props) => (
          <div className="flex gap-2">
            <Input {...props} {...form.register("budget")} inputMode="decimal" className="num flex-1 text-right" />
            <select aria-label={t("new.currency")} {...form.register("currency")} className={cx(inputClass, "w-20!")}>
              {CURRENCIES.map((code) => (
                <option key={code}>{code}</option>
              ))}
            </select>
          </div>
        )}
      </Field>
      <Field label={t("new.message")} hint={t("new.optional")} className="col-span-2">
        {(props) => (
          <textarea {...props} {...form.register("message")} rows={3} className={cx(inputClass, "h-auto py-2")} />
        )}
      </Field>
    </Group>
  );
}

type RefusalProps = { problem: Problem; onNearest: () => void };

function Nearest({ problem, onNearest }: RefusalProps) {
  const nearest = nearestOf(problem.body);
  if (!nearest) return null;
  return (
    <div className="mt-3 flex flex-wrap items-center justify-between gap-2 border-t border-line pt-3">
      <p className="num">
        {nearest.changed === "board"
          ? t("new.nearest.board")
          : t("new.nearest", { stay: formatStay(nearest.checkIn, nearest.checkOut) })}
      </p>
      <Button size="sm" onClick={onNearest}>
        {t("new.nearest.quote")}
      </Button>
    </div>
  );
}

function Refusal({ problem, onNearest }: RefusalProps) {
  const rejections = rejectionsOf(problem.body);
  return (
    <div role="alert" className="rounded-lg bg-red-soft p-4">
      <p className="font-medium text-red">
        {problem.code === "cannot_price" ? t("new.rejected") : t("quote.actionFailed")}
      </p>
      {rejections.length === 0 && <p className="mt-1">{problem.detail || t("state.offline")}</p>}
      <ul className="mt-2 space-y-1.5">
        {rejections.slice(0, 8).map((rejection) => (
          <li key={rejection.hotel}>
            <span className="font-medium">{rejection.hotel}</span>
            <span className="block text-sm text-muted">{rejection.detail}</span>
          </li>
        ))}
      </ul>
      <Nearest problem={problem} onNearest={onNearest} />
    </div>
  );
}

/** Writes a quote by hand: who, where, when; the rest is priced. */
export function NewQuote() {
  const id = useId();
  const navigate = useNavigate();
  const router = useRouter();
  const queries = useQueryClient();
  const overList = useRouterState({ select: (state) => state.location.state.sheet === true });
  const form = useForm<NewQuoteForm, unknown, CheckedQuote>({
    resolver: zodResolver(newQuoteSchema),
    defaultValues: EMPTY,
  });
  const generate = useMutation({
    mutationFn: ({ checked, nearest }: { checked: CheckedQuote; nearest: boolean }) =>
      unwrap(api.POST("/api/v1/quotes/generate", { body: { ...toRequest(checked), nearest } })),
    onSuccess: (quote) => {
      toastDone(t("new.done", { number: quote.number }));
      void queries.invalidateQueries({ queryKey: quotesKey });
      void navigate({ to: "/quotes/$id", params: { id: quote.id }, replace: true, state: { sheet: true } });
    },
  });
  const submit = (nearest: boolean) => form.handleSubmit((checked) => generate.mutate({ checked, nearest }));
  const close = () => (overList ? router.history.back() : void navigate({ to: "/quotes" }));
  return (
    <Sheet open onClose={close} title={t("new.title")} className="md:max-w-[560px]">
      <header className="flex min-h-13 items-center gap-3 border-b border-line px-4 md:px-6">
        <IconButton label={t("action.close")} onClick={close} className="-ml-2">
          <X aria-hidden />
        </IconButton>
        <h2 className="text-lg">{t("new.title")}</h2>
      </header>
      <form
        id={id}
        noValidate
        onSubmit={submit(false)}
        className="scroll-quiet flex-1 space-y-8 overflow-y-auto px-4 py-6 md:px-6"
      >
        {generate.error && <Refusal problem={problemOf(generate.error)} onNearest={() => void submit(true)()} />}
        <Group title={t("new.customer")}>
          <TextField
            form={form}
            name="name"
            label={t("new.name")}
            className="col-span-2"
            autoFocus
            autoComplete="off"
          />
          <TextField form={form} name="email" label={t("new.email")} type="email" autoComplete="off" />
          <TextField
            form={form}
            name="phone"
            label={t("new.phone")}
            hint={t("new.optional")}
            type="tel"
            autoComplete="off"
          />
        </Group>
        <TripFields form={form} />
      </form>
      <footer className="flex justify-end border-t border-line px-4 py-3 md:px-6">
        <Button type="submit" form={id} look="primary" busy={generate.isPending}>
          {t(generate.isPending ? "new.busy" : "new.submit")}
        </Button>
      </footer>
    </Sheet>
  );
}
