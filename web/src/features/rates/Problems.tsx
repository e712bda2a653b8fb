import { t } from "@/shared/lib/text";

type Problem = { where: string; column: string; message: string };

/** What keeps a file out, row by row: where it stands and what to do. */
export function Problems({ problems }: { problems: readonly Problem[] }) {
  const head = "sticky top-0 bg-surface py-1.5 pr-3 text-left text-sm font-medium text-faint";
  return (
    <section className="scroll-quiet max-h-72 overflow-auto" tabIndex={0} aria-label={t("rates.import.problem")}>
      <table className="num w-full">
        <thead>
          <tr>
            {(["where", "column", "problem"] as const).map((name) => (
              <th key={name} scope="col" className={head}>
                {t(`rates.import.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {problems.map((problem, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two problems may stand in one cell
            <tr key={at}>
              <th scope="row" className="py-1.5 pr-3 text-left align-top font-medium whitespace-nowrap">
                {problem.where}
              </th>
              <td className="py-1.5 pr-3 align-top break-words text-muted">{problem.column}</td>
              <td className="py-1.5 align-top">{problem.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
