import { X } from "lucide-react";
import { t } from "@/shared/lib/text";
import { IconButton } from "@/shared/ui/Button";
import { Sheet } from "@/shared/ui/Dialog";
import { QuoteView } from "./QuoteView";

/** A quote over whatever list it was opened from. */
export function QuoteSheet({ id, onClose }: { id: string; onClose: () => void }) {
  return (
    <Sheet open onClose={onClose} title={t("quote.tab.quote")} className="md:max-w-[1160px]">
      <QuoteView
        id={id}
        leading={
          <IconButton label={t("action.close")} onClick={onClose} className="-ml-2">
            <X aria-hidden />
          </IconButton>
        }
      />
    </Sheet>
  );
}
