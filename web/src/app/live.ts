/** The tab's stream of news: open while somebody of an agency is signed in and looks, or looked a moment ago. */
import { useEffect, useSyncExternalStore } from "react";
import { useUser } from "@/features/auth/branding";
import { type LiveState, LiveStream } from "@/shared/live/stream";
import { isOperator } from "./entries";
import { StaleKeys, staleAfter } from "./news";
import { queryClient } from "./queryClient";

/** A burst of news (a mail becomes an enquiry, a client, a quote) asks each page once. */
const GATHER_MS = 250;
/** A tab that nobody sees gives its connection back after a while. */
const HIDDEN_MS = 60_000;

const stale = new StaleKeys();
let gathering: ReturnType<typeof setTimeout> | undefined;

function renew(): void {
  gathering = undefined;
  const keys = stale.take();
  if (keys === "all") void queryClient.invalidateQueries();
  else for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey });
}

const stream = new LiveStream((news) => {
  stale.add(staleAfter(news));
  if (gathering === undefined) gathering = setTimeout(renew, GATHER_MS);
});

/** Keeps the stream open for as long as the frame of the app stands. */
export function useLiveStream(): void {
  const user = useUser();
  const person = user && !isOperator(user) ? user.id : null;
  useEffect(() => {
    if (person === null) return;
    let hiding: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(hiding);
      if (document.visibilityState === "visible") stream.start();
      else hiding = setTimeout(() => stream.pause(), HIDDEN_MS);
    };
    const online = () => stream.restart();
    stream.start();
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", online);
    return () => {
      clearTimeout(hiding);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", online);
      stream.stop();
    };
  }, [person]);
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(stream.subscribe, stream.snapshot);
}
