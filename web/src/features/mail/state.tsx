import {
  Ban,
  CircleCheck,
  CircleX,
  Clock,
  FilePen,
  Hourglass,
  type LucideIcon,
  OctagonAlert,
  Send,
  TriangleAlert,
  Undo2,
} from "lucide-react";
import type { Letter } from "@/shared/api/types";
import { word } from "@/shared/lib/text";
import { Badge, type Tone } from "@/shared/ui/Badge";
import { stateOf } from "./life";

const LOOKS: Record<string, { tone: Tone; icon: LucideIcon }> = {
  draft: { tone: "neutral", icon: FilePen },
  held: { tone: "amber", icon: Hourglass },
  queued: { tone: "neutral", icon: Hourglass },
  sending: { tone: "blue", icon: Send },
  sent: { tone: "blue", icon: Send },
  failed: { tone: "red", icon: CircleX },
  parked: { tone: "amber", icon: TriangleAlert },
  discarded: { tone: "neutral", icon: Ban },
  deferred: { tone: "amber", icon: Clock },
  delivered: { tone: "green", icon: CircleCheck },
  bounced: { tone: "red", icon: Undo2 },
  complained: { tone: "red", icon: OctagonAlert },
};

export function LetterBadge({ letter }: { letter: Pick<Letter, "status" | "delivery_state"> }) {
  const state = stateOf(letter);
  return (
    <Badge tone={LOOKS[state]?.tone} icon={LOOKS[state]?.icon}>
      {word("letter", state)}
    </Badge>
  );
}
