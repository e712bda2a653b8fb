import { QueryClient } from "@tanstack/react-query";
import { problemOf } from "@/shared/api/problem";

/** Reads are tried once more when the server stumbled; what it refused stays refused. Writes are never repeated. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      retry: (failures, error) => failures < 1 && problemOf(error).status >= 500,
      retryDelay: 600,
      networkMode: "always",
      refetchOnReconnect: "always",
    },
    mutations: { networkMode: "always" },
  },
});
