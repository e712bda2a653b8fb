import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { CloudOff } from "lucide-react";
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { useUser } from "@/features/auth/branding";
import { session } from "@/shared/api/session";
import { t } from "@/shared/lib/text";
import { useCommands } from "@/shared/lib/useCommands";
import { BottomBar } from "./BottomBar";
import { entriesOf, isOperator } from "./entries";
import { useLiveStream } from "./live";
import { closeOverlay, openOverlay, useOverlay } from "./overlay";
import { Rail } from "./Rail";

const Palette = lazy(() => import("./Palette"));
const Shortcuts = lazy(() => import("./Shortcuts"));

function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener("online", listener);
      window.addEventListener("offline", listener);
      return () => {
        window.removeEventListener("online", listener);
        window.removeEventListener("offline", listener);
      };
    },
    () => navigator.onLine,
  );
}

function useAppCommands(): void {
  const navigate = useNavigate();
  const user = useUser();
  useCommands([
    ...entriesOf(user).map((entry) => ({
      id: `go.${entry.to}`,
      label: t("palette.goTo", { page: t(entry.label) }),
      keys: `g ${entry.key}`,
      group: t("palette.go"),
      run: () => void navigate({ to: entry.to }),
    })),
    ...(isOperator(user)
      ? []
      : [
          {
            id: "create.quote",
            label: t("palette.newQuote"),
            keys: "c",
            group: t("palette.actions"),
            run: () => void navigate({ to: "/quotes/new", state: { sheet: true } }),
          },
        ]),
    {
      id: "palette",
      label: t("palette.open"),
      keys: "mod+k",
      group: t("palette.actions"),
      always: true,
      quiet: true,
      run: () => openOverlay("palette"),
    },
    {
      id: "help",
      label: t("palette.help"),
      keys: "?",
      group: t("palette.actions"),
      run: () => openOverlay("shortcuts"),
    },
    {
      id: "person.signOut",
      label: t("person.signOut"),
      group: t("palette.person"),
      run: () => void session.end(),
    },
  ]);
}

/** The page that an address belongs to, whatever record is open on it. */
function pageOf(pathname: string): string {
  const [, first = "", second = ""] = pathname.split("/");
  return first === "operator" || first === "rates" ? `${first}/${second}` : first;
}

/** A new page begins at its heading for those who listen to it; the title says which it is. */
function usePageFocus(): void {
  const page = useRouterState({ select: (state) => pageOf(state.location.pathname) });
  const [first, setFirst] = useState(page);
  useEffect(() => {
    if (page === first) return;
    setFirst(page);
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [page, first]);
}

/** The frame of every page for people who are signed in: rail, content, and what floats above. */
export function Shell() {
  const online = useOnline();
  const overlay = useOverlay();
  useAppCommands();
  useLiveStream();
  usePageFocus();
  return (
    <div className="flex min-h-dvh bg-surface">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded-sm focus:bg-surface focus:px-3 focus:py-2 focus:shadow-float"
      >
        {t("nav.skip")}
      </a>
      <Rail />
      <div className="flex min-w-0 flex-1 flex-col pb-[calc(56px+env(safe-area-inset-bottom))] md:pb-0">
        {!online && (
          <p
            role="status"
            className="flex items-center justify-center gap-2 bg-amber-soft px-4 py-1.5 text-sm text-amber"
          >
            <CloudOff className="size-4" aria-hidden />
            {t("state.offline.banner")}
          </p>
        )}
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
          <Outlet />
        </main>
      </div>
      <BottomBar />
      <Suspense>
        {overlay === "palette" && <Palette onClose={closeOverlay} />}
        {overlay === "shortcuts" && <Shortcuts onClose={closeOverlay} />}
      </Suspense>
    </div>
  );
}
