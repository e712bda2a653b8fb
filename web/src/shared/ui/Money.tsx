import { formatAmount, formatMoney, type Money } from "@/shared/lib/money";
import { cx } from "./cx";

/** An amount in a table: figures aligned at the right, the currency after them in its own column. */
export function MoneyCell({ money, strong }: { money: Money; strong?: boolean }) {
  return (
    <span className="num inline-flex items-baseline justify-end gap-1.5 whitespace-nowrap">
      <span className={strong ? "font-medium" : undefined}>{formatAmount(money)}</span>
      <span className="w-8 text-left text-xs text-faint">{money.currency}</span>
    </span>
  );
}

/** Several currencies under one another: each its own amount, never a sum. */
export function MoneyStack({
  list,
  whole,
  className,
}: {
  list: readonly Money[];
  whole?: boolean;
  className?: string;
}) {
  return (
    <span className={cx("num flex flex-col", className)}>
      {list.map((money) => (
        <span key={money.currency} className="whitespace-nowrap">
          {formatMoney(money, { whole })}
        </span>
      ))}
    </span>
  );
}
