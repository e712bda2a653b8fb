import { ChevronDown } from "lucide-react";
import { cx } from "./cx";
import { Menu, MenuChoice } from "./Menu";

type FilterMenuProps = {
  label: string;
  /** The word for "no filter". */
  any: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  options: readonly { value: string; label: string }[];
};

/** One filter of a list: its name while it is off, its value while it is on. */
export function FilterMenu({ label, any, value, onChange, options }: FilterMenuProps) {
  const chosen = options.find((option) => option.value === value)?.label ?? value;
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={chosen ? `${label}: ${chosen}` : label}
          className={cx(
            "inline-flex h-8 items-center gap-1.5 rounded-sm px-2.5 text-sm whitespace-nowrap pointer-coarse:h-10",
            chosen
              ? "bg-accent-soft font-medium text-accent-text"
              : "text-muted ring-1 ring-inset ring-line-strong hover:bg-hover",
          )}
        >
          {chosen ?? label}
          <ChevronDown className="size-3.5" aria-hidden />
        </button>
      }
    >
      <MenuChoice
        label={label}
        value={value ?? ""}
        onChange={(next) => onChange(next || undefined)}
        options={[{ value: "", label: any }, ...options]}
      />
    </Menu>
  );
}
