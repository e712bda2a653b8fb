import { useId } from "react";
import { t } from "@/shared/lib/text";
import { type ContractDocument, type Entry, placeOf, said } from "./document";

const PARTS = [
  "rooms",
  "age_bands",
  "child_rules",
  "supplements",
  "restrictions",
  "offers",
  "taxes",
  "services",
  "allotments",
] as const;

function Part({ part, document }: { part: (typeof PARTS)[number]; document: ContractDocument }) {
  const id = useId();
  const entries = (document[part] ?? []) as unknown as Entry[];
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-1 text-base">
        {t(`rates.rules.${part}`)}
      </h3>
      {entries.length === 0 ? (
        <p className="text-muted">{t("rates.rules.none")}</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {entries.map((entry, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries of a version never change or move
            <li key={at} className="num py-2">
              <p className="break-words">{said(entry)}</p>
              {(entry.cell || entry.row || entry.page) && (
                <p className="text-xs text-faint">{placeOf(entry, document.source)}</p>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Everything beside the prices: who fits, what children pay, supplements, restrictions, offers, taxes, services. */
export function Rules({ document }: { document: ContractDocument }) {
  return (
    <div className="max-w-[80ch] space-y-6">
      {PARTS.map((part) => (
        <Part key={part} part={part} document={document} />
      ))}
    </div>
  );
}
