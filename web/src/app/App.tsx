import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useState, useSyncExternalStore } from "react";
import { BrandingKeeper } from "@/features/auth/branding";
import { session } from "@/shared/api/session";
import { handleKey } from "@/shared/lib/keys";
import { Failure } from "@/shared/ui/States";
import { Toaster } from "@/shared/ui/toast";
import { queryClient } from "./queryClient";
import { router } from "./router";

/** Takes up the session that the browser may still hold, before any page decides where to go. */
function useRestoredSession(): { ready: boolean; error: unknown; retry: () => void } {
  const state = useSyncExternalStore(session.subscribe, session.snapshot);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is what runs it again
  useEffect(() => {
    if (session.state.status !== "unknown") return;
    setError(null);
    session.restore().catch(setError);
  }, [attempt]);
  return { ready: state.status !== "unknown", error, retry: () => setAttempt((count) => count + 1) };
}

/** Signing in or out, here or in another tab, sends the person to where they then belong. */
function useSessionChanges(): void {
  const state = useSyncExternalStore(session.subscribe, session.snapshot);
  const user = state.status === "signed_in" ? state.user.id : null;
  useEffect(() => {
    if (user === null) queryClient.clear();
    void router.invalidate();
  }, [user]);
}

export function App() {
  const { ready, error, retry } = useRestoredSession();
  useSessionChanges();
  useEffect(() => {
    window.addEventListener("keydown", handleKey);
    return () => window.removeEventListener("keydown", handleKey);
  }, []);
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        {error !== null && !ready && <Failure error={error} onRetry={retry} />}
        {ready && (
          <>
            <BrandingKeeper />
            <RouterProvider router={router} />
          </>
        )}
        <Toaster />
      </QueryClientProvider>
    </CSPProvider>
  );
}
