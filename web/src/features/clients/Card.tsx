import { useDraggable } from "@dnd-kit/core";
import { Link } from "@tanstack/react-router";
import type { Client } from "@/shared/api/types";
import { dayOf, daysBetween, formatDay, today } from "@/shared/lib/dates";
import { formatMoney } from "@/shared/lib/money";
import { t, tn } from "@/shared/lib/text";
import { Avatar } from "@/shared/ui/Avatar";
import { cx } from "@/shared/ui/cx";

/** Whole days since the client came to its stage. */
export function daysInStage(client: Client): number {
  return Math.max(0, daysBetween(dayOf(client.stage_changed_at), today()));
}

/** What a card says, on the board and under the pointer. */
export function CardFace({ client, lifted }: { client: Client; lifted?: boolean }) {
  const { trip } = client;
  const days = daysInStage(client);
  return (
    <div
      className={cx(
        "rounded-sm bg-surface p-3 ring-1 ring-line transition-shadow",
        lifted ? "rotate-1 shadow-float" : "group-hover:ring-line-strong",
      )}
    >
      <p className="truncate font-medium">{client.name}</p>
      {trip && (
        <p className="num mt-0.5 text-sm text-muted">
          <span className="block truncate">{trip.destination}</span>
          <span className="block truncate">
            {formatDay(trip.check_in)}, {tn("count.nights", daysBetween(trip.check_in, trip.check_out))}
          </span>
        </p>
      )}
      <p className="num mt-2 flex min-h-5 items-center justify-between gap-2 text-sm">
        <span className="font-medium">{trip && formatMoney(trip.value, { whole: true })}</span>
        <span className="flex items-center gap-2 text-xs text-faint">
          {days === 0 ? t("clients.today") : tn("clients.days", days)}
          {client.owner && (
            <span title={client.owner.name}>
              <Avatar name={client.owner.name} className="size-5 text-[10px]!" />
            </span>
          )}
        </span>
      </p>
    </div>
  );
}

/** A client on the board: enter opens it, space picks it up. */
export function Card({ client }: { client: Client }) {
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({
    id: client.id,
    data: { client, stage: client.stage },
  });
  return (
    <li>
      <Link
        ref={setNodeRef}
        to="/clients/$id"
        params={{ id: client.id }}
        search={(known) => known as object}
        state={{ sheet: true }}
        draggable={false}
        {...listeners}
        aria-describedby={attributes["aria-describedby"]}
        className={cx("group block touch-manipulation rounded-sm", isDragging && "opacity-40")}
      >
        <CardFace client={client} />
      </Link>
    </li>
  );
}
