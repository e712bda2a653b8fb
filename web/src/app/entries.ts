import {
  ArrowRightLeft,
  BedDouble,
  FileText,
  Gauge,
  House,
  Inbox,
  LifeBuoy,
  ListChecks,
  type LucideIcon,
  MailCheck,
  MailQuestionMark,
  Send,
  Users,
} from "lucide-react";
import type { User } from "@/shared/api/types";
import type { MessageKey } from "@/shared/lib/text";

type Address =
  | "/"
  | "/inbox"
  | "/quotes"
  | "/clients"
  | "/helpdesk"
  | "/mail"
  | "/rates"
  | "/operator"
  | "/operator/jobs"
  | "/operator/quarantine"
  | "/operator/outbox"
  | "/operator/exchange";
type Entry = { to: Address; label: MessageKey; icon: LucideIcon; key: string; exact?: boolean };

/** The pages of an agency, with the letter that follows `g`. */
const AGENCY: readonly Entry[] = [
  { to: "/", label: "nav.home", icon: House, key: "h", exact: true },
  { to: "/inbox", label: "nav.inbox", icon: Inbox, key: "i" },
  { to: "/quotes", label: "nav.quotes", icon: FileText, key: "q" },
  { to: "/clients", label: "nav.clients", icon: Users, key: "c" },
  { to: "/helpdesk", label: "nav.helpdesk", icon: LifeBuoy, key: "a" },
  { to: "/mail", label: "nav.mail", icon: MailCheck, key: "m" },
  { to: "/rates", label: "nav.rates", icon: BedDouble, key: "r" },
];

/** The pages of those who run the platform: no agency's data stands on them. */
const OPERATOR: readonly Entry[] = [
  { to: "/operator", label: "nav.service", icon: Gauge, key: "s", exact: true },
  { to: "/operator/jobs", label: "nav.jobs", icon: ListChecks, key: "j" },
  { to: "/operator/quarantine", label: "nav.quarantine", icon: MailQuestionMark, key: "q" },
  { to: "/operator/outbox", label: "nav.outbox", icon: Send, key: "o" },
  { to: "/operator/exchange", label: "nav.exchange", icon: ArrowRightLeft, key: "x" },
];

/** Whether this person runs the platform instead of working in an agency. */
export function isOperator(user: User | null): boolean {
  return user !== null && user.tenant_id === null;
}

/** The pages of the rail and the bottom bar for this person. */
export function entriesOf(user: User | null): readonly Entry[] {
  return isOperator(user) ? OPERATOR : AGENCY;
}

const BAR = 5;

/** The phone's bar holds five pages; the others stand under "more". */
export function barOf(user: User | null): { shown: readonly Entry[]; more: readonly Entry[] } {
  const entries = entriesOf(user);
  return { shown: entries.slice(0, BAR), more: entries.slice(BAR) };
}

/** Where somebody belongs who opened an address of the other side; null where they are right. */
export function rightPlace(user: User, pathname: string): "/" | "/operator" | null {
  if (pathname.startsWith("/settings")) return null; // one's own account: both sides have one
  const operatorSide = /^\/operator(\/|$)/.test(pathname);
  if (operatorSide === isOperator(user)) return null;
  return operatorSide ? "/" : "/operator";
}
