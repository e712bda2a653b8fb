import { describe, expect, it } from "vitest";
import type { LetterDetail } from "@/shared/api/types";
import { stateOf, stepsOf } from "./life";

const SENT = {
  status: "sent",
  delivery_state: null,
  attempts: 1,
  last_error: null,
  created_at: "2026-11-23T08:00:00Z",
  queued_at: "2026-11-23T08:00:01Z",
  leaves_at: null,
  undone_at: null,
  sending_since: "2026-11-23T08:00:02Z",
  sent_at: "2026-11-23T08:00:03Z",
  reports: [],
} as unknown as LetterDetail;

const names = (letter: LetterDetail) => stepsOf(letter).map((step) => step.name);

describe("the way of a mail", () => {
  it("goes from the writing to the sending", () => {
    expect(names(SENT)).toEqual(["Written", "Queued", "Sent"]);
    expect(names({ ...SENT, status: "draft", queued_at: null, sent_at: null })).toEqual(["Written"]);
  });

  it("waits before it leaves, and may be taken back", () => {
    const held: LetterDetail = { ...SENT, status: "held", sent_at: null, leaves_at: "2026-11-23T08:01:00Z" };
    expect(stepsOf(held).at(-1)).toMatchObject({ name: "Leaves", at: "2026-11-23T08:01:00Z", trouble: false });
    const undone: LetterDetail = { ...held, status: "discarded", queued_at: null, undone_at: "2026-11-23T08:00:30Z" };
    expect(names(undone)).toEqual(["Written", "Taken back"]);
  });

  it("goes on with what others reported, and the last of it is its state", () => {
    const bounced: LetterDetail = {
      ...SENT,
      delivery_state: "bounced",
      reports: [{ kind: "bounced", permanent: true, detail: "No such mailbox", occurred_at: "2026-11-23T08:01:00Z" }],
    };
    expect(stateOf(bounced)).toBe("bounced");
    expect(stepsOf(bounced).at(-1)).toMatchObject({ name: "Came back", detail: "No such mailbox", trouble: true });
  });

  it("says why a mail was given up, and that a queued one waits after an error", () => {
    const failed: LetterDetail = { ...SENT, status: "failed", sent_at: null, last_error: "550 refused" };
    expect(stepsOf(failed).at(-1)).toEqual({ name: "Given up", at: null, detail: "550 refused", trouble: true });
    const queued: LetterDetail = { ...failed, status: "queued", last_error: "451 later" };
    expect(stepsOf(queued).at(-1)).toMatchObject({ name: "Queued", detail: "451 later" });
  });

  it("is what was done here until it has left", () => {
    expect(stateOf({ status: "queued", delivery_state: "deferred" })).toBe("queued");
    expect(stateOf({ status: "sent", delivery_state: null })).toBe("sent");
  });
});
