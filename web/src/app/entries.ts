import { FileText, House, Inbox, type LucideIcon, Users } from "lucide-react";
import type { MessageKey } from "@/shared/lib/text";

type Entry = { to: "/" | "/inbox" | "/quotes" | "/clients"; label: MessageKey; icon: LucideIcon; key: string };

/** The pages of the rail and the bottom bar, with the letter that follows `g`. */
export const ENTRIES: readonly Entry[] = [
  { to: "/", label: "nav.home", icon: House, key: "h" },
  { to: "/inbox", label: "nav.inbox", icon: Inbox, key: "i" },
  { to: "/quotes", label: "nav.quotes", icon: FileText, key: "q" },
  { to: "/clients", label: "nav.clients", icon: Users, key: "c" },
];
