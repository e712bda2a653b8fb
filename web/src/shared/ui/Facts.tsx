import { Paperclip } from "lucide-react";
import type { ReactNode } from "react";
import { formatBytes } from "@/shared/lib/numbers";

/** Names with their values, one under the other. */
export function Facts({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-faint">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type File = { filename: string; content_type: string; size: number };

/** The files of a mail by name and size; nothing where there is none. */
export function Files({ title, files }: { title: string; files: readonly File[] }) {
  if (files.length === 0) return null;
  return (
    <ul aria-label={title} className="flex flex-wrap gap-2">
      {files.map((file, at) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: two files of a mail may have the same name
          key={at}
          title={file.content_type}
          className="flex max-w-full items-center gap-1.5 rounded-sm border border-line px-2 py-1 text-sm"
        >
          <Paperclip className="size-3.5 shrink-0 text-faint" aria-hidden />
          <span className="truncate">{file.filename}</span>
          <span className="num shrink-0 text-faint">{formatBytes(file.size)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Words of a mail as they were written. */
export function MailText({ children }: { children: string }) {
  return <p className="max-w-[72ch] leading-relaxed break-words whitespace-pre-wrap">{children}</p>;
}
