import { Table2 } from "lucide-react";
import { useId } from "react";
import { formatStay } from "@/shared/lib/dates";
import { formatAmount } from "@/shared/lib/money";
import { t, word } from "@/shared/lib/text";
import { Notice } from "@/shared/ui/States";
import { type ContractDocument, type Package, type Plan, placeOf, type Rate, type Season } from "./document";

const HEAD = "py-2 px-3 text-left text-sm font-medium whitespace-nowrap text-faint first:pl-0";
const CELL = "py-2 px-3 align-top first:pl-0";

function Price({ document, entry, amount }: { document: ContractDocument; entry: Rate | Package; amount?: string }) {
  if (amount === undefined) return <span className="text-faint">{t("rates.notSold")}</span>;
  return (
    <>
      <span className="block">{formatAmount({ amount, currency: document.currency })}</span>
      {entry.cell && (
        <span className="block text-xs text-faint" title={placeOf(entry, document.source)}>
          {entry.cell}
        </span>
      )}
    </>
  );
}

/** A season that an import named by its days alone. */
function isDated(code: string): boolean {
  return /^\d{8}-\d{8}$/.test(code);
}

function days(season: Season): string {
  const nights = formatStay(season.from, season.to);
  return season.weekdays?.length ? `${nights} (${season.weekdays.join(", ")})` : nights;
}

function PlanTable({ document, plan }: { document: ContractDocument; plan: Plan }) {
  const id = useId();
  const rates = (document.rates ?? []).filter((rate) => rate.plan === plan.code);
  const rooms = document.rooms.filter((room) => rates.some((rate) => rate.room === room.code));
  if (rates.length === 0) return null;
  const find = (room: string, season: string) => rates.find((rate) => rate.room === room && rate.season === season);
  const seasons = (document.seasons ?? []).filter((season) => rates.some((rate) => rate.season === season.code));
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-1 text-base">
        {word("board", plan.board)}, {t(`rates.per.${plan.basis}`)}, {document.currency}
      </h3>
      <section className="scroll-quiet overflow-x-auto" tabIndex={0} aria-labelledby={id}>
        <table className="num w-full">
          <thead className="border-b border-line">
            <tr>
              <th scope="col" className={HEAD}>
                {t("rates.season")}
              </th>
              <th scope="col" className={HEAD}>
                {t("rates.nights")}
              </th>
              {rooms.map((room) => (
                <th key={room.code} scope="col" className={`${HEAD} text-right`}>
                  {room.name ?? room.code}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {seasons.map((season) => (
              <tr key={`${season.code} ${season.from}`}>
                <th scope="row" className={`${CELL} text-left font-medium`}>
                  {isDated(season.code) ? days(season) : season.code}
                </th>
                <td className={`${CELL} whitespace-nowrap text-muted`}>{isDated(season.code) ? "" : days(season)}</td>
                {rooms.map((room) => {
                  const rate = find(room.code, season.code);
                  return (
                    <td key={room.code} className={`${CELL} text-right`}>
                      {rate ? <Price document={document} entry={rate} amount={rate.amount} /> : "–"}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

const PRICES = ["sharing", "single", "child", "infant"] as const;

function PackageTable({ document }: { document: ContractDocument }) {
  const id = useId();
  const packages = document.packages ?? [];
  if (packages.length === 0) return null;
  const prices = PRICES.filter((price) => packages.some((row) => row[price] !== undefined));
  const name = (code: string) => document.rooms.find((room) => room.code === code)?.name ?? code;
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-1 text-base">
        {t("rates.packages")}, {document.currency}
      </h3>
      <section className="scroll-quiet overflow-x-auto" tabIndex={0} aria-labelledby={id}>
        <table className="num w-full">
          <thead className="border-b border-line">
            <tr>
              <th scope="col" className={HEAD}>
                {t("rates.package.room")}
              </th>
              <th scope="col" className={HEAD}>
                {t("rates.package.window")}
              </th>
              <th scope="col" className={`${HEAD} text-right`}>
                {t("rates.nights")}
              </th>
              {prices.map((price) => (
                <th key={price} scope="col" className={`${HEAD} text-right`}>
                  {t(`rates.package.${price}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {packages.map((row) => (
              <tr key={`${row.code} ${row.row ?? ""}`}>
                <th scope="row" className={`${CELL} text-left font-medium`}>
                  {name(row.room)}
                  <span className="block text-sm font-normal text-muted">{word("board", row.board)}</span>
                </th>
                <td className={`${CELL} whitespace-nowrap text-muted`}>{formatStay(row.valid.from, row.valid.to)}</td>
                <td className={`${CELL} text-right`}>{row.nights}</td>
                {prices.map((price) => (
                  <td key={price} className={`${CELL} text-right`}>
                    <Price
                      document={document}
                      entry={{ ...row, cell: row.cells?.[price] ?? row.cell }}
                      amount={row[price]}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

/** Every price of the contract with the cell it came from. */
export function RateTables({ document }: { document: ContractDocument }) {
  if (!document.rates?.length && !document.packages?.length)
    return <Notice compact icon={Table2} title={t("rates.rules.none")} />;
  return (
    <div className="space-y-8">
      {(document.plans ?? []).map((plan) => (
        <PlanTable key={plan.code} document={document} plan={plan} />
      ))}
      <PackageTable document={document} />
    </div>
  );
}
