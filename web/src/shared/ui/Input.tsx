import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./cx";

export const inputClass =
  "h-9 w-full min-w-0 rounded-sm bg-surface px-3 text-base ring-1 ring-inset ring-line-strong transition-shadow placeholder:text-faint hover:ring-faint focus:outline-none focus:ring-2 focus:ring-accent-text aria-invalid:ring-2 aria-invalid:ring-red pointer-coarse:h-11 pointer-coarse:text-lg";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cx(inputClass, className)} {...rest} />;
}

type FieldProps = {
  label: string;
  hint?: string;
  error?: string;
  className?: string;
  children: (props: { id: string; "aria-invalid"?: true; "aria-describedby"?: string }) => ReactNode;
};

/** A label, its control, and what is wrong with it. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={cx("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {hint && !error && <span className="ml-1.5 font-normal text-faint">{hint}</span>}
      </label>
      {children({
        id,
        ...(error ? { "aria-invalid": true as const } : {}),
        ...(note ? { "aria-describedby": `${id}-note` } : {}),
      })}
      {error ? (
        <p id={`${id}-note`} className="text-sm text-red">
          {error}
        </p>
      ) : (
        note && (
          <span id={`${id}-note`} className="sr-only">
            {note}
          </span>
        )
      )}
    </div>
  );
}
