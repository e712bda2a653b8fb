import { createRouter } from "@tanstack/react-router";
import { routeTree } from "@/routes/tree";
import { NoPage, PageFailure, PagePending } from "./fallbacks";

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPendingMs: 120,
  defaultPendingMinMs: 0,
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageFailure,
  defaultNotFoundComponent: NoPage,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** The record lies as a sheet over its list; opened alone, it is a page. */
    sheet?: boolean;
  }
}
