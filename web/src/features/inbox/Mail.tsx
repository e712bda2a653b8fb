import { Hourglass, type LucideIcon, Paperclip, PenLine, Reply, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import type { Enquiry, Message } from "@/shared/api/types";
import { fieldsIn, type Segment, segment } from "@/shared/lib/evidence";
import { t, word } from "@/shared/lib/text";
import { Avatar } from "@/shared/ui/Avatar";
import { Badge, type Tone } from "@/shared/ui/Badge";
import { cx } from "@/shared/ui/cx";
import { Time } from "@/shared/ui/Time";

type Customer = Pick<Enquiry, "from_name" | "from_email">;
type Highlight = { active: string | null; onActive: (field: string | null) => void };

function Mark({ part, active, onActive }: { part: Segment } & Highlight) {
  const field = part.fields[0] ?? null;
  const lit = active !== null && part.fields.includes(active);
  return (
    <mark
      data-lit={lit || undefined}
      title={part.fields.map((name) => word("field", name)).join(", ")}
      onMouseEnter={() => onActive(field)}
      onMouseLeave={() => onActive(null)}
      className={cx("rounded-[3px] px-0.5 text-ink transition-colors", lit ? "bg-mark-strong" : "bg-mark")}
    >
      {part.text}
    </mark>
  );
}

type BodyProps = { text: string; evidence: Enquiry["evidence"] } & Highlight;

function Body({ text, evidence, active, onActive }: BodyProps) {
  const parts = useMemo(() => segment(text, evidence), [text, evidence]);
  return (
    <p className="max-w-[72ch] leading-relaxed break-words whitespace-pre-wrap">
      {parts.map((part, at) =>
        part.fields.length === 0 ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the cuts of one text have no other identity
          <Mark key={at} part={part} active={active} onActive={onActive} />
        ),
      )}
    </p>
  );
}

/** Who wrote: the name that the enquiry knows for its sender's address, or the one in the header, or the address. */
export function senderOf(message: Pick<Message, "from">, customer: Customer): { name: string; address: string } {
  const from = message.from ?? "";
  const match = /^\s*"?(.*?)"?\s*<([^>]+)>\s*$/.exec(from);
  const address = match?.[2] ?? from;
  const known = address.toLowerCase() === customer.from_email?.toLowerCase() ? customer.from_name : null;
  const name = match?.[1] || known || address;
  return { name, address: name === address ? "" : address };
}

const STATES: Record<string, { tone: Tone; icon: LucideIcon }> = {
  draft: { tone: "amber", icon: PenLine },
  sent: { tone: "neutral", icon: Reply },
  failed: { tone: "red", icon: TriangleAlert },
  parked: { tone: "red", icon: TriangleAlert },
};

/** Where our own mail stands. */
function MailState({ status }: { status: string }) {
  const look = STATES[status] ?? { tone: "neutral" as const, icon: Hourglass };
  return (
    <Badge tone={look.tone} icon={look.icon}>
      {word("mail", status)}
    </Badge>
  );
}

type FileLine = { filename: string; size: number | null };

/** The attachments that say their name; the API leaves their form open. */
function filesOf(message: Message): FileLine[] {
  return message.attachments.flatMap(({ filename, size_bytes, size: bytes }): FileLine[] => {
    const known = typeof size_bytes === "number" ? size_bytes : bytes;
    return typeof filename === "string" ? [{ filename, size: typeof known === "number" ? known : null }] : [];
  });
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function MessageView({
  message,
  customer,
  evidence,
  ...highlight
}: { message: Message; customer: Customer; evidence: Enquiry["evidence"] } & Highlight) {
  const outgoing = message.direction === "out";
  const { name, address } = senderOf(message, customer);
  const files = filesOf(message);
  return (
    <article className={cx("px-4 py-5 md:px-6", outgoing && "bg-canvas")}>
      <header className="mb-4 flex items-start gap-3">
        <Avatar name={name} className="size-8" />
        <div className="min-w-0 flex-1">
          <p className="flex items-center gap-2">
            <span className="truncate">
              <span className="font-medium">{name}</span>
              {address && <span className="ml-1.5 text-sm text-faint">{address}</span>}
            </span>
            {outgoing && <MailState status={message.status} />}
          </p>
          <p className="truncate text-sm text-faint">
            {t("inbox.to")} {message.to}
          </p>
        </div>
        <Time at={message.at} className="num shrink-0 text-sm text-faint" />
      </header>
      <Body text={message.text} evidence={evidence} {...highlight} />
      {files.length > 0 && (
        <ul aria-label={t("inbox.attachments")} className="mt-4 flex flex-wrap gap-2">
          {files.map((file) => (
            <li key={file.filename} className="flex items-center gap-2 rounded-sm bg-sunken px-2.5 py-1.5 text-sm">
              <Paperclip className="size-3.5 text-faint" aria-hidden />
              {file.filename}
              {file.size !== null && <span className="num text-faint">{size(file.size)}</span>}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

/** The message that the fields were read from: the incoming one that holds most of their evidence. */
export function sourceOf(enquiry: Enquiry): Message | undefined {
  const held = (message: Message) => fieldsIn(message.text, enquiry.evidence).size;
  return enquiry.thread
    .filter((message) => message.direction === "in")
    .reduce<Message | undefined>((best, message) => (best && held(best) >= held(message) ? best : message), undefined);
}

/** The thread, oldest first, with the evidence marked in the message it stands in. */
export function Mail({ enquiry, ...highlight }: { enquiry: Enquiry } & Highlight) {
  const source = useMemo(() => sourceOf(enquiry), [enquiry]);
  if (enquiry.thread.length === 0) {
    return (
      <div className="px-4 py-5 md:px-6">
        <p className="mb-4 text-sm text-faint">{t("inbox.noThread")}</p>
        <Body text={enquiry.body_text} evidence={enquiry.evidence} {...highlight} />
      </div>
    );
  }
  return (
    <div className="divide-y divide-line">
      {enquiry.thread.map((message) => (
        <MessageView
          key={message.id}
          message={message}
          customer={enquiry}
          evidence={message === source ? enquiry.evidence : {}}
          {...highlight}
        />
      ))}
    </div>
  );
}
