import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { cx } from "./cx";

type SegmentedProps<T extends string> = {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; count?: number | string }[];
  className?: string;
};

/** One of a few, always all visible; arrow keys move. */
export function Segmented<T extends string>({ label, value, onChange, options, className }: SegmentedProps<T>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className={cx("inline-flex items-center gap-0.5 rounded-sm bg-sunken p-0.5", className)}
    >
      {options.map((option) => (
        <Radio.Root
          key={option.value}
          value={option.value}
          nativeButton
          render={<button type="button" />}
          className="flex h-7 items-center gap-1.5 rounded-[5px] px-2.5 text-sm font-medium whitespace-nowrap text-muted transition-colors hover:text-ink data-checked:bg-surface data-checked:text-ink data-checked:shadow-[0_0_0_1px_var(--line),0_1px_2px_rgb(0_0_0/0.06)] pointer-coarse:h-9"
        >
          {option.label}
          {option.count !== undefined && <span className="num text-xs text-faint">{option.count}</span>}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
