import { useQuery } from "@tanstack/react-query";
import { Download, ExternalLink, RefreshCw, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { problemOf } from "@/shared/api/problem";
import type { Quote } from "@/shared/api/types";
import { t } from "@/shared/lib/text";
import { Button, buttonClass } from "@/shared/ui/Button";
import { Loading, Notice, Skeleton } from "@/shared/ui/States";
import { quotePdfQuery } from "./queries";

/** The PDF as an address of this page, as long as it is shown. */
function usePdf(quote: Quote) {
  const query = useQuery(quotePdfQuery(quote.id, `${quote.version} ${quote.status}`));
  const [url, setUrl] = useState<string | null>(null);
  const blob = query.data;
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return { ...query, url };
}

/** The quote's PDF in place; where the browser shows none (most phones), it opens or downloads. */
export function Pdf({ quote }: { quote: Quote }) {
  const { url, error, refetch } = usePdf(quote);
  if (error) {
    const { requestId } = problemOf(error);
    return (
      <Notice icon={TriangleAlert} title={t("quote.pdf.failed")} alert>
        <Button onClick={() => void refetch()} icon={<RefreshCw aria-hidden />}>
          {t("action.retry")}
        </Button>
        {requestId && <p className="w-full text-xs text-faint">{t("state.requestId", { id: requestId })}</p>}
      </Notice>
    );
  }
  if (!url) {
    return (
      <Loading>
        <Skeleton className="aspect-[1/1.414] w-full" />
      </Loading>
    );
  }
  const embeds = navigator.pdfViewerEnabled && !matchMedia("(max-width: 799px)").matches;
  return (
    <div className="flex h-full flex-col gap-3">
      {embeds && (
        <iframe
          // A new frame for a new document: navigating the old one would add a step to the history, and back would undo that.
          key={url}
          src={`${url}#toolbar=0&navpanes=0&view=FitH`}
          title={`${t("quote.pdf")}: ${quote.number}`}
          className="min-h-150 w-full flex-1 rounded-sm border border-line bg-sunken"
        />
      )}
      <div className="flex flex-wrap gap-2">
        <a href={url} download={`${quote.number}.pdf`} className={buttonClass("secondary")}>
          <Download aria-hidden />
          {t("quote.download")}
        </a>
        <a href={url} target="_blank" rel="noreferrer" className={buttonClass("quiet")}>
          <ExternalLink aria-hidden />
          {t("quote.openPdf")}
        </a>
      </div>
    </div>
  );
}
