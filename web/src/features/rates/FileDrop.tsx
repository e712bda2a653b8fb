import { FileUp } from "lucide-react";
import { useId } from "react";
import { t } from "@/shared/lib/text";
import { buttonClass } from "@/shared/ui/Button";

type FileDropProps = { text: string; accept: string; onFile: (file: File | undefined) => void };

/** Where a file is dropped, or chosen by a button. */
export function FileDrop({ text, accept, onFile }: FileDropProps) {
  const id = useId();
  return (
    <div className="p-4">
      <div
        className="flex flex-col items-center gap-3 rounded-md border border-dashed border-line-strong px-4 py-10 text-center"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          onFile(event.dataTransfer.files[0]);
        }}
      >
        <FileUp className="size-6 text-faint" aria-hidden />
        <p className="max-w-[46ch] text-muted">{text}</p>
        <label
          htmlFor={id}
          className={`${buttonClass("primary")} cursor-pointer focus-within:outline-2 focus-within:outline-accent-text`}
        >
          {t("rates.import.choose")}
          <input
            id={id}
            type="file"
            accept={accept}
            className="sr-only"
            onChange={(event) => onFile(event.target.files?.[0])}
          />
        </label>
      </div>
    </div>
  );
}
