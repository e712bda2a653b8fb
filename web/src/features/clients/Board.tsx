import {
  type Announcements,
  type CollisionDetection,
  closestCenter,
  DndContext,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useState } from "react";
import type { Client } from "@/shared/api/types";
import { formatMoney, isZero } from "@/shared/lib/money";
import { formatCount } from "@/shared/lib/numbers";
import { t, word } from "@/shared/lib/text";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Failure, Loading, Notice, Skeleton } from "@/shared/ui/States";
import { Card, CardFace } from "./Card";
import { columnCoordinates } from "./keyboard";
import { useMove } from "./move";
import { clientsQuery, pipelineQuery } from "./queries";
import { STAGES, type Stage } from "./search";

function ColumnHead({ stage }: { stage: Stage }) {
  const { data } = useQuery(pipelineQuery);
  const total = data?.stages.find((known) => known.stage === stage);
  const sums = total?.value.filter((money) => !isZero(money)) ?? [];
  return (
    <header className="px-3 pt-3 pb-2">
      <h2 className="flex items-baseline gap-2 text-base">
        {word("stage", stage)}
        <span className="num text-sm font-normal text-faint">{total ? formatCount(total.count) : ""}</span>
      </h2>
      <p className="num min-h-5 text-sm text-muted">
        {sums.map((money) => (
          <span key={money.currency} className="mr-2 whitespace-nowrap">
            {formatMoney(money, { whole: true })}
          </span>
        ))}
      </p>
    </header>
  );
}

function ColumnCards({ stage, q, target }: { stage: Stage; q?: string; target: boolean }) {
  const query = useInfiniteQuery(clientsQuery({ stage, q, sort: "newest" }));
  const clients = query.data?.pages.flatMap((page) => page.items);
  if (query.error && !clients) return <Failure error={query.error} onRetry={() => void query.refetch()} compact />;
  if (!clients) {
    return (
      <Loading>
        <Skeleton className="mb-2 h-22" />
        <Skeleton className="mb-2 h-22" />
        <Skeleton className="h-22" />
      </Loading>
    );
  }
  return (
    <>
      {target && <div className="mb-2 h-16 rounded-sm border border-dashed border-accent-text bg-accent-soft" />}
      {clients.length === 0 && !target && <p className="px-1 py-2 text-sm text-faint">{t("clients.stage.empty")}</p>}
      <ul className="space-y-2">
        {clients.map((client) => (
          <Card key={client.id} client={client} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          look="quiet"
          size="sm"
          className="mt-2 w-full"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("action.loadMore")}
        </Button>
      )}
    </>
  );
}

function Column({ stage, q, dragged }: { stage: Stage; q?: string; dragged: Client | null }) {
  const { setNodeRef, isOver } = useDroppable({ id: stage });
  const target = isOver && dragged !== null && dragged.stage !== stage;
  return (
    <section
      ref={setNodeRef}
      aria-label={word("stage", stage)}
      className={cx(
        "flex w-64 shrink-0 snap-start flex-col rounded-lg bg-canvas xl:min-w-50 xl:flex-1",
        target && "ring-1 ring-accent-text",
      )}
    >
      <ColumnHead stage={stage} />
      <div className="scroll-quiet min-h-24 flex-1 overflow-y-auto px-2 pb-3">
        <ColumnCards stage={stage} q={q} target={target} />
      </div>
    </section>
  );
}

function stageWord(id: unknown): string {
  return word("stage", String(id ?? ""));
}

function announcements(): Announcements {
  const nameOf = (active: { data: { current?: Record<string, unknown> } }) =>
    (active.data.current?.client as Client | undefined)?.name ?? "";
  return {
    onDragStart: ({ active }) =>
      t("clients.drag.start", { name: nameOf(active), stage: stageWord(active.data.current?.stage) }),
    onDragOver: ({ active, over }) =>
      over ? t("clients.drag.over", { name: nameOf(active), stage: stageWord(over.id) }) : "",
    onDragEnd: ({ active, over }) =>
      over
        ? t("clients.drag.end", { name: nameOf(active), stage: stageWord(over.id) })
        : t("clients.drag.cancel", { name: nameOf(active) }),
    onDragCancel: ({ active }) => t("clients.drag.cancel", { name: nameOf(active) }),
  };
}

/** Under the pointer where there is one; from the keyboard the nearest column. */
const collision: CollisionDetection = (args) => (args.pointerCoordinates ? pointerWithin(args) : closestCenter(args));

/** Clients by stage; a card is dragged to another, by mouse, finger or keyboard. */
export function Board({ q }: { q?: string }) {
  const [dragged, setDragged] = useState<Client | null>(null);
  const move = useMove(q);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: columnCoordinates,
      keyboardCodes: { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter"] },
    }),
  );
  const { data: pipeline } = useQuery(pipelineQuery);
  if (!q && pipeline?.stages.every((stage) => stage.count === 0)) {
    return <Notice icon={Users} title={t("clients.empty")} text={t("clients.empty.text")} />;
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={collision}
      accessibility={{
        announcements: announcements(),
        screenReaderInstructions: { draggable: t("clients.drag.help") },
      }}
      onDragStart={({ active }) => setDragged((active.data.current?.client as Client | undefined) ?? null)}
      onDragCancel={() => setDragged(null)}
      onDragEnd={({ over }) => {
        const stage = STAGES.find((known) => known === over?.id);
        if (dragged && stage && stage !== dragged.stage) move.mutate({ client: dragged, stage });
        setDragged(null);
      }}
    >
      <div className="scroll-quiet flex min-h-0 flex-1 snap-x scroll-px-4 gap-3 overflow-x-auto md:scroll-px-6 px-4 pt-3 pb-4 md:px-6">
        {STAGES.map((stage) => (
          <Column key={stage} stage={stage} q={q} dragged={dragged} />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>{dragged && <CardFace client={dragged} lifted />}</DragOverlay>
    </DndContext>
  );
}
