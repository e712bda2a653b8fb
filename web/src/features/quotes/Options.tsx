import { CircleCheck, Star } from "lucide-react";
import { useState } from "react";
import type { Option, Quote } from "@/shared/api/types";
import { formatStay } from "@/shared/lib/dates";
import { formatAmount, formatMoney } from "@/shared/lib/money";
import { t, tn, word } from "@/shared/lib/text";
import { cx } from "@/shared/ui/cx";
import { Explanation } from "./Explanation";
import { roomsOf } from "./guests";
import { Picture } from "./Picture";

function Stars({ count }: { count: number | null }) {
  if (!count) return null;
  return (
    <span role="img" aria-label={tn("count.stars", count)} className="inline-flex items-center gap-px text-amber-fill">
      {Array.from({ length: Math.floor(count) }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stars are all alike
        <Star key={at} className="size-3 fill-current" aria-hidden />
      ))}
    </span>
  );
}

function StayLines({ option }: { option: Option }) {
  const several = option.stays.length > 1;
  return option.stays.map((stay) => (
    <div key={`${stay.hotel.id}-${stay.check_in}`} className="text-sm text-muted">
      {several && (
        <p className="font-medium text-ink">
          {stay.hotel.name}, <span className="num font-normal">{formatStay(stay.check_in, stay.check_out)}</span>
        </p>
      )}
      {stay.board && <p>{word("board", stay.board)}</p>}
      {roomsOf(stay.rooms).map((room) => (
        <p key={room}>{room}</p>
      ))}
    </div>
  ));
}

type CardProps = { option: Option; chosen: boolean; open: boolean; onOpen: () => void };

function OptionCard({ option, chosen, open, onOpen }: CardProps) {
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-pressed={open}
      className={cx(
        // The ring lies over the picture, or the picture would cover it.
        "relative flex min-w-0 flex-col overflow-hidden rounded-lg text-left after:pointer-events-none after:absolute after:inset-0 after:rounded-lg after:ring-inset",
        open ? "after:ring-2 after:ring-accent-text" : "after:ring-1 after:ring-line hover:after:ring-line-strong",
      )}
    >
      <Picture src={option.hotel.image_url} alt={option.hotel.name} className="h-32 w-full" />
      <span className="flex flex-1 flex-col p-3.5">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Stars count={option.hotel.stars} />
          {chosen && (
            <span className="inline-flex items-center gap-1 text-xs font-medium text-green">
              <CircleCheck className="size-3.5" aria-hidden />
              {t("quote.selected")}
            </span>
          )}
        </span>
        <span className="mt-1 leading-snug font-semibold text-pretty">{option.hotel.name}</span>
        <span className="mt-1.5 block flex-1">
          <StayLines option={option} />
        </span>
        <span className="num mt-3 block text-lg font-semibold text-accent-text">{formatMoney(option.total)}</span>
      </span>
    </button>
  );
}

function Lines({ option }: { option: Option }) {
  return (
    <table className="num w-full">
      <caption className="sr-only">
        {t("quote.lines")}: {option.hotel.name}
      </caption>
      <tbody className="divide-y divide-line">
        {option.lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of an option have a fixed order and no identity
          <tr key={at}>
            <td className="py-2 pr-4">
              {line.description}
              {line.quantity > 1 && <span className="text-faint"> × {line.quantity}</span>}
            </td>
            <td className="py-2 text-right whitespace-nowrap">{formatAmount(line.amount)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="border-t border-line-strong font-semibold">
          <td className="py-2">{t("quote.total")}</td>
          <td className="py-2 text-right whitespace-nowrap text-accent-text">{formatMoney(option.total)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

/** What the traveller pays on the spot; it is no part of the total. */
function PayLocal({ option }: { option: Option }) {
  if (option.pay_local.length === 0) return null;
  return (
    <>
      <h3 className="mt-6 mb-1 text-base">{t("quote.payLocal")}</h3>
      <ul className="num divide-y divide-line">
        {option.pay_local.map((charge, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: charges have a fixed order and no identity
          <li key={at} className="flex justify-between gap-4 py-2 text-muted">
            {charge.description}
            <span className="whitespace-nowrap">{formatMoney(charge.amount)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Why the option stands where it stands; for staff. */
function Reasons({ option }: { option: Option }) {
  if (option.reasons.length === 0) return null;
  return (
    <>
      <h3 className="mt-6 mb-1 text-base">{t("quote.reasons")}</h3>
      <ul className="space-y-0.5 text-muted">
        {option.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </>
  );
}

/** The options side by side; the one that is open shows what its price holds. */
export function Options({ quote }: { quote: Quote }) {
  const [openId, setOpenId] = useState(quote.selected_option_id ?? quote.options[0]?.id);
  const open = quote.options.find((option) => option.id === openId) ?? quote.options[0];
  return (
    <>
      <section aria-label={t("quote.options")} className="grid gap-3 sm:grid-cols-[repeat(auto-fit,minmax(140px,1fr))]">
        {quote.options.map((option) => (
          <OptionCard
            key={option.id}
            option={option}
            chosen={option.id === quote.selected_option_id}
            open={option.id === open?.id}
            onOpen={() => setOpenId(option.id)}
          />
        ))}
      </section>
      {open && (
        <section className="mt-6" aria-live="polite">
          <h3 className="mb-1 flex items-baseline justify-between gap-3 text-base">
            {t("quote.lines")}
            <span className="truncate text-sm font-normal text-faint">{open.hotel.name}</span>
          </h3>
          <Lines option={open} />
          <Explanation key={open.id} quoteId={quote.id} optionId={open.id} />
          <PayLocal option={open} />
          <Reasons option={open} />
        </section>
      )}
    </>
  );
}
