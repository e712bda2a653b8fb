/** Moving a client to a stage: shown at once, put back when the server refuses. */
import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import { problemOf } from "@/shared/api/problem";
import type { Client } from "@/shared/api/types";
import { t, word } from "@/shared/lib/text";
import { toastDone, toastFailed } from "@/shared/ui/toast";
import { clientsKey, clientsQuery } from "./queries";
import type { Stage } from "./search";

type Page = { items: Client[]; next_cursor: string | null };
type Pages = InfiniteData<Page, string | null>;

/** The pages without the client. */
export function without(pages: Pages, id: string): Pages {
  return {
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) })),
  };
}

/** The pages with the client at the top. */
export function withFirst(pages: Pages, client: Client): Pages {
  const [first, ...rest] = pages.pages;
  return first ? { ...pages, pages: [{ ...first, items: [client, ...first.items] }, ...rest] } : pages;
}

function moveInCache(queries: QueryClient, client: Client, stage: Stage, q: string | undefined): void {
  const from = clientsQuery({ stage: client.stage as Stage, q, sort: "newest" }).queryKey;
  const to = clientsQuery({ stage, q, sort: "newest" }).queryKey;
  queries.setQueryData<Pages>(from, (pages) => pages && without(pages, client.id));
  queries.setQueryData<Pages>(to, (pages) => pages && withFirst(pages, { ...client, stage }));
}

export function useMove(q?: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ client, stage }: { client: Client; stage: Stage }) =>
      unwrap(
        api.POST("/api/v1/crm/clients/{client_id}/stage", {
          params: { path: { client_id: client.id } },
          body: { stage },
        }),
      ),
    onMutate: async ({ client, stage }) => {
      await queries.cancelQueries({ queryKey: [...clientsKey, "list"] });
      moveInCache(queries, client, stage, q);
    },
    onSuccess: (client, { stage }) => toastDone(t("clients.moved", { name: client.name, stage: word("stage", stage) })),
    onError: (error, { client }) =>
      toastFailed(t("clients.moveFailed", { name: client.name }), problemOf(error).detail),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: clientsKey });
      void queries.invalidateQueries({ queryKey: ["dashboard"] });
    },
  });
}
