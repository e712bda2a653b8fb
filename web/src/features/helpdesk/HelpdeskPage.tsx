import { LifeBuoy, SendHorizontal } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { PageHeader } from "@/app/PageHeader";
import { t } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Failure, Loading, Notice, Skeleton } from "@/shared/ui/States";
import { Answer } from "./Answer";
import { ask, askAgain, type Exchange, startAnew, useExchanges } from "./conversation";

const MAX_CHARS = 2_000;

function ExchangeView({ exchange }: { exchange: Exchange }) {
  return (
    <li className="space-y-3 border-b border-line py-6 first:pt-0 last:border-none">
      <p className="font-semibold break-words">{exchange.question}</p>
      {exchange.answer ? (
        <Answer answer={exchange.answer} onAsk={ask} />
      ) : exchange.problem ? (
        <Failure error={exchange.problem} onRetry={() => askAgain(exchange)} compact />
      ) : (
        <Loading>
          <Skeleton className="h-12 max-w-[60ch]" />
        </Loading>
      )}
    </li>
  );
}

function AskForm({ busy }: { busy: boolean }) {
  const [question, setQuestion] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy || question.trim() === "") return;
    ask(question.trim());
    setQuestion("");
  };
  return (
    <form onSubmit={submit} className="flex gap-2">
      <Input
        value={question}
        onChange={(event) => setQuestion(event.target.value)}
        maxLength={MAX_CHARS}
        aria-label={t("helpdesk.question")}
        placeholder={t("helpdesk.placeholder")}
        autoComplete="off"
      />
      <Button
        type="submit"
        look="primary"
        busy={busy}
        icon={<SendHorizontal aria-hidden />}
        className="h-9 pointer-coarse:h-11"
      >
        {t("helpdesk.ask")}
      </Button>
    </form>
  );
}

/** Questions about how the agency works, answered from its own pages. */
export function HelpdeskPage() {
  const exchanges = useExchanges();
  const end = useRef<HTMLDivElement>(null);
  const last = exchanges.at(-1);
  const busy = last !== undefined && !last.answer && !last.problem;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question or its answer is what moves the page
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [last?.key, busy]);
  return (
    <>
      <PageHeader
        title={t("helpdesk.title")}
        actions={exchanges.length > 0 && <Button onClick={startAnew}>{t("helpdesk.anew")}</Button>}
      />
      <div className="mx-auto flex w-full max-w-3xl flex-1 flex-col px-4 py-6 md:px-6 md:py-8">
        <div className="flex-1">
          {exchanges.length === 0 ? (
            <Notice icon={LifeBuoy} title={t("helpdesk.empty")} text={t("helpdesk.empty.text")} />
          ) : (
            <ol aria-label={t("helpdesk.conversation")} aria-live="polite">
              {exchanges.map((exchange) => (
                <ExchangeView key={exchange.key} exchange={exchange} />
              ))}
            </ol>
          )}
          <div ref={end} className="scroll-mb-24" />
        </div>
        <div className="sticky bottom-14 bg-surface py-4 md:bottom-0">
          <AskForm busy={busy} />
        </div>
      </div>
    </>
  );
}
