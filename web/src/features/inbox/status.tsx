import { CircleCheck, CircleHelp, CircleX, Clock, Hourglass, type Mail, Sparkles } from "lucide-react";
import { word } from "@/shared/lib/text";
import { Badge, type Tone } from "@/shared/ui/Badge";

const LOOKS: Record<string, { tone: Tone; icon: typeof Mail }> = {
  received: { tone: "neutral", icon: Hourglass },
  parsed: { tone: "blue", icon: Sparkles },
  waiting_for_customer: { tone: "neutral", icon: Clock },
  quoted: { tone: "green", icon: CircleCheck },
  needs_review: { tone: "amber", icon: CircleHelp },
  ignored: { tone: "neutral", icon: CircleX },
  failed: { tone: "red", icon: CircleX },
};

export function EnquiryBadge({ status }: { status: string }) {
  const look = LOOKS[status];
  return (
    <Badge tone={look?.tone} icon={look?.icon}>
      {word("enquiry", status)}
    </Badge>
  );
}
