import { CalendarCheck, CircleDollarSign, CircleX, FileText, MessagesSquare, Plane, Sparkle } from "lucide-react";
import { word } from "@/shared/lib/text";
import { Badge, type Tone } from "@/shared/ui/Badge";
import type { Stage } from "./search";

const LOOKS: Record<Stage, { tone: Tone; icon: typeof Plane }> = {
  NEW: { tone: "neutral", icon: Sparkle },
  QUOTED: { tone: "blue", icon: FileText },
  NEGOTIATING: { tone: "amber", icon: MessagesSquare },
  BOOKED: { tone: "green", icon: CalendarCheck },
  PAID: { tone: "green", icon: CircleDollarSign },
  TRAVELLED: { tone: "neutral", icon: Plane },
  LOST: { tone: "red", icon: CircleX },
};

export function StageBadge({ stage }: { stage: string }) {
  const look = LOOKS[stage as Stage];
  return (
    <Badge tone={look?.tone} icon={look?.icon}>
      {word("stage", stage)}
    </Badge>
  );
}
