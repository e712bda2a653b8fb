import { AlertDialog } from "@base-ui/react/alert-dialog";
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { t } from "@/shared/lib/text";
import { Button } from "./Button";
import { cx } from "./cx";

const BACKDROP = "enter-fade fixed inset-0 z-40 bg-backdrop";

type DialogProps = { open: boolean; onClose: () => void; title: string; children: ReactNode; className?: string };

/** A dialog in the middle; on a phone it fills the width at the foot. */
export function Dialog({ open, onClose, title, children, className }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup
          className={cx(
            "enter-rise fixed inset-x-0 top-[12vh] z-40 mx-auto flex max-h-[76vh] w-[calc(100%-32px)] flex-col overflow-hidden rounded-lg bg-surface shadow-float outline-none",
            className ?? "max-w-lg",
          )}
        >
          <header className="flex items-center justify-between border-b border-line py-2 pr-2 pl-4">
            <Base.Title className="text-lg">{title}</Base.Title>
            <Base.Close
              aria-label={t("action.close")}
              className="rounded-sm p-2 text-muted hover:bg-hover hover:text-ink"
            >
              <X className="size-4" aria-hidden />
            </Base.Close>
          </header>
          <div className="scroll-quiet overflow-y-auto">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** A surface without a heading of its own, such as the command palette. */
export function BareDialog({ open, onClose, title, children, className }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup
          className={cx(
            "enter-rise fixed inset-x-0 top-[12vh] z-40 mx-auto flex w-[calc(100%-32px)] flex-col overflow-hidden rounded-lg bg-surface shadow-float outline-none",
            className,
          )}
        >
          <Base.Title className="sr-only">{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** A record over its list. */
export function Sheet({ open, onClose, title, children, className }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup
          ref={popup}
          initialFocus={popup}
          className={cx(
            "enter-slide fixed inset-y-0 right-0 z-40 flex w-full flex-col bg-surface shadow-float outline-none md:w-[92vw]",
            className ?? "md:max-w-[720px]",
          )}
        >
          <Base.Title className="sr-only">{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

type ConfirmProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  text: string;
  confirm: string;
  onConfirm: () => void;
};

/** Asks before what is hard to undo. */
export function Confirm({ open, onClose, title, text, confirm, onConfirm }: ConfirmProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={cx(BACKDROP, "z-50")} />
        <AlertDialog.Popup className="enter-rise fixed inset-x-0 top-[24vh] z-50 mx-auto w-[calc(100%-32px)] max-w-sm rounded-lg bg-surface p-5 shadow-float outline-none">
          <AlertDialog.Title className="text-lg">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-muted">{text}</AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Close render={<Button look="secondary">{t("action.cancel")}</Button>} />
            <Button
              look="danger"
              onClick={() => {
                onClose();
                onConfirm();
              }}
            >
              {confirm}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
