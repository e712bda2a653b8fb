import { Toast } from "@base-ui/react/toast";
import { CircleCheck, TriangleAlert, X } from "lucide-react";
import { t } from "@/shared/lib/text";

const manager = Toast.createToastManager();

/** Says that something is done. */
export function toastDone(title: string): void {
  manager.add({ title, type: "done", timeout: 4_000 });
}

/** Says that something will happen, and offers to take it back until it does. */
export function toastUndo(title: string, leavesAt: string, undo: { label: string; onUndo: () => void }): void {
  const timeout = Math.max(1_000, Date.parse(leavesAt) - Date.now());
  const id = manager.add({
    title,
    type: "done",
    timeout,
    actionProps: {
      children: undo.label,
      onClick: () => {
        manager.close(id);
        undo.onUndo();
      },
    },
  });
}

/** Says that something failed; stays long enough to be read. */
export function toastFailed(title: string, description?: string): void {
  manager.add({ title, description, type: "failed", timeout: 10_000 });
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="enter-rise pointer-events-auto flex w-full items-start gap-2.5 rounded-lg bg-surface p-3 shadow-float"
    >
      {toast.type === "failed" ? (
        <TriangleAlert className="mt-0.5 size-4 shrink-0 text-red" aria-hidden />
      ) : (
        <CircleCheck className="mt-0.5 size-4 shrink-0 text-green" aria-hidden />
      )}
      <div className="min-w-0 flex-1">
        <Toast.Title className="text-base font-medium" render={<p />} />
        <Toast.Description className="text-sm text-muted" />
      </div>
      <Toast.Action className="rounded-sm px-1 font-medium text-accent-text hover:underline" />
      <Toast.Close aria-label={t("action.close")} className="rounded-sm p-0.5 text-faint hover:text-ink">
        <X className="size-4" aria-hidden />
      </Toast.Close>
    </Toast.Root>
  ));
}

export function Toaster() {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="pointer-events-none fixed right-4 bottom-20 left-4 z-60 mx-auto flex max-w-sm flex-col gap-2 outline-none md:right-6 md:bottom-6 md:left-auto md:w-90">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
