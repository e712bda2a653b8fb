import { Archive, CircleCheck, PencilLine } from "lucide-react";
import { word } from "@/shared/lib/text";
import { Badge } from "@/shared/ui/Badge";

const LOOKS = {
  live: { tone: "green", icon: CircleCheck },
  draft: { tone: "amber", icon: PencilLine },
  retired: { tone: "neutral", icon: Archive },
} as const;

/** Whether a version sells, waits or has been. */
export function ContractBadge({ status }: { status: string }) {
  const look = LOOKS[status as keyof typeof LOOKS] ?? LOOKS.retired;
  return (
    <Badge tone={look.tone} icon={look.icon}>
      {word("contract", status)}
    </Badge>
  );
}
