import { ChevronDown, X } from "lucide-react";
import { formatDay } from "@/shared/lib/dates";
import { t, word } from "@/shared/lib/text";
import { cx } from "@/shared/ui/cx";
import { Menu, MenuChoice } from "@/shared/ui/Menu";
import { SearchInput } from "@/shared/ui/SearchInput";
import { countFilters, type QuotesSearch, STATUSES } from "./search";

type FiltersProps = { search: QuotesSearch; onChange: (search: QuotesSearch) => void };

const CHIP = "inline-flex h-8 items-center gap-1.5 rounded-sm px-2.5 text-sm whitespace-nowrap pointer-coarse:h-10";

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <span className={cx(CHIP, "bg-accent-soft font-medium text-accent-text")}>
      {label}
      <button
        type="button"
        onClick={onRemove}
        aria-label={t("quotes.filter.remove", { name: label })}
        className="-mr-1 rounded-sm p-0.5"
      >
        <X className="size-3.5" aria-hidden />
      </button>
    </span>
  );
}

function chipsOf({ destination, client_id, from, to }: QuotesSearch): [key: keyof QuotesSearch, label: string][] {
  const chips: [keyof QuotesSearch, string | undefined][] = [
    ["destination", destination && t("quotes.filter.destination", { value: destination })],
    ["client_id", client_id && t("quotes.filter.client")],
    ["from", from && t("quotes.filter.from", { value: formatDay(from) })],
    ["to", to && t("quotes.filter.to", { value: formatDay(to) })],
  ];
  return chips.filter((chip): chip is [keyof QuotesSearch, string] => chip[1] !== undefined);
}

/** Search, status and every other filter as a chip; all of them stand in the address. */
export function Filters({ search, onChange }: FiltersProps) {
  const without = (key: keyof QuotesSearch) => onChange({ ...search, [key]: undefined });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput
        value={search.q ?? ""}
        onChange={(q) => onChange({ ...search, q: q || undefined })}
        label={t("quotes.search.label")}
        placeholder={t("quotes.search")}
        className="w-72 max-sm:w-full"
      />
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            className={cx(
              CHIP,
              search.status
                ? "bg-accent-soft font-medium text-accent-text"
                : "text-muted ring-1 ring-inset ring-line-strong hover:bg-hover",
            )}
          >
            {search.status ? word("quote", search.status) : t("quotes.filter.status")}
            <ChevronDown className="size-3.5" aria-hidden />
          </button>
        }
      >
        <MenuChoice
          label={t("quotes.filter.status")}
          value={search.status ?? ""}
          onChange={(status) => onChange({ ...search, status: STATUSES.find((known) => known === status) })}
          options={[
            { value: "", label: t("quotes.filter.any") },
            ...STATUSES.map((status) => ({ value: status as string, label: word("quote", status) })),
          ]}
        />
      </Menu>
      {chipsOf(search).map(([key, label]) => (
        <Chip key={key} label={label} onRemove={() => without(key)} />
      ))}
      {countFilters(search) > 1 && (
        <button type="button" onClick={() => onChange({})} className={cx(CHIP, "text-muted hover:text-ink")}>
          {t("action.clearFilters")}
        </button>
      )}
    </div>
  );
}
