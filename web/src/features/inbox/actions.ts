/** What a person does with an enquiry: quote it, ask, put it aside, fill in what is missing. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { quotesKey } from "@/features/quotes/queries";
import { api, unwrap } from "@/shared/api/client";
import { problemOf } from "@/shared/api/problem";
import type { Enquiry, NewEnquiry, TripCorrection } from "@/shared/api/types";
import { type MessageKey, t } from "@/shared/lib/text";
import { toastDone, toastFailed } from "@/shared/ui/toast";
import { enquiriesKey, enquiryQuery } from "./queries";

function failed(error: unknown): void {
  const problem = problemOf(error);
  toastFailed(t(problem.code === "cannot_price" ? "inbox.cannotPrice" : "inbox.actionFailed"), problem.detail);
}

/** One step: its answer is the enquiry as it is afterwards. */
function useStep<Input = void>(
  run: (input: Input) => Promise<Enquiry>,
  done: MessageKey,
  after?: (enquiry: Enquiry) => void,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: (enquiry) => {
      queries.setQueryData(enquiryQuery(enquiry.id).queryKey, enquiry);
      toastDone(t(done));
      after?.(enquiry);
    },
    onError: failed,
    onSettled: () => {
      for (const key of [enquiriesKey, quotesKey, ["dashboard"], ["clients"]])
        void queries.invalidateQueries({ queryKey: key });
    },
  });
}

export function useEnquiryActions(id: string) {
  const navigate = useNavigate();
  const params = { path: { enquiry_id: id } };
  const open = (quote: string) => void navigate({ to: ".", search: (known) => ({ ...known, quote }) });
  const accept = useStep(
    () => unwrap(api.POST("/api/v1/enquiries/{enquiry_id}/accept", { params })),
    "inbox.accepted",
    ({ quote_id }) => quote_id && open(quote_id),
  );
  const dismiss = useStep(
    () => unwrap(api.POST("/api/v1/enquiries/{enquiry_id}/dismiss", { params })),
    "inbox.dismissed",
  );
  const ask = useStep(
    () => unwrap(api.POST("/api/v1/enquiries/{enquiry_id}/reply", { params, body: { text: "", subject: "" } })),
    "inbox.asked",
  );
  return { accept, dismiss, ask, open, busy: accept.isPending || dismiss.isPending || ask.isPending };
}

/** Writes down what was said on the phone or in a chat. */
export function useTakeIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewEnquiry) => unwrap(api.POST("/api/v1/enquiries", { body })),
    onSuccess: () => {
      toastDone(t("inbox.takeIn.done"));
      return queries.invalidateQueries({ queryKey: enquiriesKey });
    },
    onError: failed,
  });
}

/** Answers the customer in the conversation. */
export function useReply(id: string) {
  return useStep(
    (text: string) =>
      unwrap(
        api.POST("/api/v1/enquiries/{enquiry_id}/reply", {
          params: { path: { enquiry_id: id } },
          body: { text, subject: "" },
        }),
      ),
    "inbox.reply.sent",
  );
}

/** Gives the enquiry to somebody, or to nobody. */
export function useAssign(id: string) {
  return useStep(
    (user_id: string | null) =>
      unwrap(
        api.POST("/api/v1/enquiries/{enquiry_id}/assign", { params: { path: { enquiry_id: id } }, body: { user_id } }),
      ),
    "inbox.assigned",
  );
}

/** Puts the enquiry out of sight until an instant; null brings it back. */
export function useSnooze(id: string) {
  const params = { path: { enquiry_id: id } };
  const send = (until: string | null) =>
    unwrap(api.POST("/api/v1/enquiries/{enquiry_id}/snooze", { params, body: { until } }));
  return { snooze: useStep(send, "inbox.snoozed"), wake: useStep(() => send(null), "inbox.woken") };
}

/** Corrects what was read; fields left out stay. */
export function useCorrection(id: string) {
  return useStep(
    (trip_request: TripCorrection) =>
      unwrap(
        api.PATCH("/api/v1/enquiries/{enquiry_id}", { params: { path: { enquiry_id: id } }, body: { trip_request } }),
      ),
    "inbox.fill.saved",
  );
}
