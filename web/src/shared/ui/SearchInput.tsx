import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { t } from "@/shared/lib/text";
import { useCommands } from "@/shared/lib/useCommands";
import { cx } from "./cx";

type SearchInputProps = {
  value: string;
  onChange: (value: string) => void;
  label: string;
  placeholder: string;
  className?: string;
};

const WAIT_MS = 200;

/** Search of a list: `/` focuses it, escape leaves it, and the list follows a moment after the last letter. */
export function SearchInput({ value, onChange, label, placeholder, className }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  useCommands([
    {
      id: "list.search",
      label: t("shortcuts.search"),
      keys: "/",
      group: t("shortcuts.list"),
      quiet: true,
      run: () => input.current?.focus(),
    },
  ]);
  return (
    <div className={cx("relative", className)}>
      <Search
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
        aria-hidden
      />
      <input
        ref={input}
        type="search"
        value={text}
        aria-label={label}
        placeholder={placeholder}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && input.current?.blur()}
        className="h-8 w-full rounded-sm bg-surface pr-8 pl-8 ring-1 ring-inset ring-line-strong placeholder:text-faint hover:ring-faint focus:outline-none focus:ring-2 focus:ring-accent-text pointer-coarse:h-10 pointer-coarse:text-lg [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== "" && (
        <button
          type="button"
          aria-label={t("action.clear")}
          onClick={() => setText("")}
          className="absolute top-1/2 right-1.5 -translate-y-1/2 rounded-sm p-1 text-faint hover:text-ink"
        >
          <X className="size-3.5" aria-hidden />
        </button>
      )}
    </div>
  );
}
