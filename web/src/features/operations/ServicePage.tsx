import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import { PageHeader } from "@/app/PageHeader";
import { formatInstant } from "@/shared/lib/dates";
import { t } from "@/shared/lib/text";
import { Badge, type Tone } from "@/shared/ui/Badge";
import { cx } from "@/shared/ui/cx";
import { Failure, Loading, Skeleton } from "@/shared/ui/States";
import { ProcessPart } from "./Process";
import { type Figure, figuresOf, type Level, sentenceOf, wordsOf } from "./promises";
import { serviceQuery } from "./queries";

const LEVELS: Record<Level, { tone: Tone; icon: LucideIcon; edge: string }> = {
  kept: { tone: "green", icon: CircleCheck, edge: "border-line" },
  watch: { tone: "amber", icon: TriangleAlert, edge: "border-amber" },
  broken: { tone: "red", icon: CircleAlert, edge: "border-red" },
  quiet: { tone: "neutral", icon: Info, edge: "border-line" },
};

const LINK = "mt-auto self-start rounded-sm pt-3 text-sm font-medium text-accent-text hover:underline";

function More({ name }: { name: Figure["name"] }) {
  if (name === "dead") {
    return (
      <Link to="/operator/jobs" search={{ state: "dead" }} className={LINK}>
        {t("service.dead.open")}
      </Link>
    );
  }
  if (name !== "waiting") return null;
  return (
    <Link to="/operator/jobs" className={LINK}>
      {t("service.waiting.open")}
    </Link>
  );
}

/** The figures that are the promise itself: they stand first and wider. */
const ABOUT_MAIL: Partial<Record<Figure["name"], true>> = { oldest: true, p95: true };

function FigureCard({ figure }: { figure: Figure }) {
  const { tone, icon, edge } = LEVELS[figure.level];
  const { title, promise } = wordsOf(figure);
  return (
    <li
      className={cx(
        "flex flex-col rounded-lg border p-4",
        edge,
        ABOUT_MAIL[figure.name] ? "lg:col-span-3" : "lg:col-span-2",
      )}
    >
      <div className="flex min-h-5 flex-wrap items-center justify-between gap-2">
        <h2 className="text-sm font-medium text-muted">{title}</h2>
        <Badge tone={tone} icon={icon}>
          {t(`service.level.${figure.level}`)}
        </Badge>
      </div>
      <p className="num mt-2 text-2xl leading-tight font-semibold tracking-tight">{figure.value}</p>
      {figure.detail && <p className="num mt-1 text-sm text-muted">{figure.detail}</p>}
      <p className="mt-1 text-sm text-faint">{promise}</p>
      <More name={figure.name} />
    </li>
  );
}

function FiguresSkeleton() {
  return (
    <Loading>
      <Skeleton className="mb-6 h-8 w-full max-w-80" />
      <div className="grid gap-4 lg:grid-cols-6">
        {[0, 1, 2, 3, 4].map((card) => (
          <Skeleton key={card} className={cx("h-34", card < 2 ? "lg:col-span-3" : "lg:col-span-2")} />
        ))}
      </div>
    </Loading>
  );
}

function Figures() {
  const { data, error, refetch, dataUpdatedAt } = useQuery(serviceQuery);
  if (!data) return error ? <Failure error={error} onRetry={() => void refetch()} compact /> : <FiguresSkeleton />;
  const figures = figuresOf(data);
  return (
    <>
      <p role="status" className="mb-1 text-xl font-semibold tracking-tight text-balance md:text-2xl">
        {sentenceOf(figures)}
      </p>
      <p className={cx("mb-5", error ? "text-amber" : "text-muted")}>
        {error ? t("service.stale", { time: formatInstant(new Date(dataUpdatedAt).toISOString()) }) : t("service.lead")}
      </p>
      <ul aria-label={t("service.figures")} className="grid gap-4 lg:grid-cols-6">
        {figures.map((figure) => (
          <FigureCard key={figure.name} figure={figure} />
        ))}
      </ul>
    </>
  );
}

/** What the platform promises those who send mail to it, and whether it holds. */
export function ServicePage() {
  return (
    <>
      <PageHeader title={t("service.title")} />
      <div className="mx-auto w-full max-w-[1280px] space-y-10 px-4 py-6 md:px-6 md:py-8">
        <div>
          <Figures />
        </div>
        <ProcessPart />
      </div>
    </>
  );
}
