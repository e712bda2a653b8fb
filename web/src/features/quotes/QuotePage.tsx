import { getRouteApi, Link, useRouter, useRouterState } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { t } from "@/shared/lib/text";
import { QuoteSheet } from "./QuoteSheet";
import { QuoteView } from "./QuoteView";

const route = getRouteApi("/app/quotes/$id");

/** A quote by its own address: a sheet when it was opened from the list, else a page. */
export function QuotePage() {
  const { id } = route.useParams();
  const router = useRouter();
  const sheet = useRouterState({ select: (state) => state.location.state.sheet === true });
  if (sheet) return <QuoteSheet id={id} onClose={() => router.history.back()} />;
  return (
    <div className="flex flex-col lg:h-dvh">
      <QuoteView
        id={id}
        leading={
          <Link
            to="/quotes"
            search={(known) => known}
            aria-label={t("quotes.title")}
            className="-ml-2 rounded-sm p-2 text-muted hover:bg-hover hover:text-ink"
          >
            <ArrowLeft className="size-4" aria-hidden />
          </Link>
        }
      />
    </div>
  );
}
