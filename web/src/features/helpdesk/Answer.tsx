import { CircleHelp } from "lucide-react";
import { useId, useState } from "react";
import type { HelpdeskAnswer } from "@/shared/api/types";
import { t } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { piecesOf } from "./citations";

type Citation = HelpdeskAnswer["citations"][number];

function Passage({ citation, id }: { citation: Citation; id: string }) {
  return (
    <section id={id} aria-label={t("helpdesk.passage", { n: citation.n })} className="border-l-2 border-accent pl-4">
      <p className="text-sm font-medium">
        {citation.title}
        {citation.heading && <span className="text-muted"> · {citation.heading}</span>}
      </p>
      <p className="mt-1 max-w-[72ch] text-sm whitespace-pre-line text-muted">{citation.passage}</p>
    </section>
  );
}

type SuggestionsProps = { label: string; topics: readonly string[]; onAsk: (question: string) => void };

function Suggestions({ label, topics, onAsk }: SuggestionsProps) {
  if (topics.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="text-sm text-faint">{label}</span>
      {topics.map((topic) => (
        <Button key={topic} size="sm" onClick={() => onAsk(topic)} className="max-w-full truncate">
          {topic}
        </Button>
      ))}
    </div>
  );
}

const MARK =
  "num mx-0.5 inline-flex h-5 min-w-5 items-center justify-center rounded-sm px-1 align-text-top text-xs font-semibold transition-colors pointer-coarse:h-7 pointer-coarse:min-w-7";

type AnswerProps = { answer: HelpdeskAnswer; onAsk: (question: string) => void };

/** What the helpdesk said: each number opens the passage that it stands for. */
export function Answer({ answer, onAsk }: AnswerProps) {
  const id = useId();
  const [open, setOpen] = useState<number | null>(null);
  if (answer.abstained) {
    return (
      <div className="space-y-3">
        <p className="flex items-start gap-2 text-muted">
          <CircleHelp className="mt-0.5 size-4 shrink-0 text-faint" aria-hidden />
          {answer.answer}
        </p>
        <Suggestions label={t("helpdesk.near")} topics={answer.suggestions} onAsk={onAsk} />
      </div>
    );
  }
  const shown = answer.citations.find((citation) => citation.n === open);
  return (
    <div className="space-y-3">
      <p className="max-w-[72ch] text-lg leading-relaxed">
        {piecesOf(
          answer.answer,
          answer.citations.map((citation) => citation.n),
        ).map((piece, at) =>
          "n" in piece ? (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces have an order and no other identity
              key={at}
              type="button"
              aria-label={t("helpdesk.openPassage", { n: piece.n })}
              aria-expanded={open === piece.n}
              aria-controls={open === piece.n ? id : undefined}
              onClick={() => setOpen(open === piece.n ? null : piece.n)}
              className={cx(MARK, open === piece.n ? "bg-accent text-accent-ink" : "bg-hover text-accent-text")}
            >
              {piece.n}
            </button>
          ) : (
            piece.text
          ),
        )}
      </p>
      {shown && <Passage citation={shown} id={id} />}
      <Suggestions label={t("helpdesk.more")} topics={answer.suggestions} onAsk={onAsk} />
    </div>
  );
}
