import { Ban, CircleCheck, CircleX, Eye, FilePen, Hourglass, Receipt, RotateCcw, Send } from "lucide-react";
import { word } from "@/shared/lib/text";
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

export function QuoteBadge({ status }: { status: string }) {
  const look = LOOKS[status as QuoteStatus];
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
