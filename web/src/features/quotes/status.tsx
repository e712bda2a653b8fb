import { Ban, CircleCheck, CircleX, Eye, FilePen, Hourglass, Receipt, RotateCcw, Send } from "lucide-react";
import type { Quote } from "@/shared/api/types";
import { t, word } from "@/shared/lib/text";
import { Badge, type Tone } from "@/shared/ui/Badge";
import type { QuoteStatus } from "./search";

const LOOKS: Record<QuoteStatus, { tone: Tone; icon: typeof Send }> = {
  draft: { tone: "neutral", icon: FilePen },
  sent: { tone: "blue", icon: Send },
  viewed: { tone: "blue", icon: Eye },
  accepted: { tone: "green", icon: CircleCheck },
  converted: { tone: "green", icon: Receipt },
  declined: { tone: "red", icon: CircleX },
  expired: { tone: "amber", icon: Hourglass },
  cancelled: { tone: "neutral", icon: Ban },
  revised: { tone: "neutral", icon: RotateCcw },
};

/** Asked to be sent, and its mail not on the way yet: a moment later it is sent. */
export function isSending(quote: Pick<Quote, "status" | "send_requested_at">): boolean {
  return quote.status === "draft" && quote.send_requested_at !== null;
}

export function QuoteBadge({ quote }: { quote: Pick<Quote, "status" | "send_requested_at"> }) {
  const { status } = quote;
  const look = LOOKS[status];
  if (isSending(quote)) {
    return (
      <Badge tone="blue" icon={Hourglass}>
        {t("quote.sending")}
      </Badge>
    );
  }
  return (
    <Badge tone={look?.tone} icon={look?.icon}>
      {word("quote", status)}
    </Badge>
  );
}

const CANCELLABLE: readonly string[] = ["draft", "sent", "viewed", "accepted"];

/** Whether the status graph has a step to cancelled. */
export function canCancel(status: string): boolean {
  return CANCELLABLE.includes(status);
}
