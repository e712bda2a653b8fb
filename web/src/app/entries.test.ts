import { describe, expect, it } from "vitest";
import type { User } from "@/shared/api/types";
import { entriesOf, rightPlace } from "./entries";

const CONSULTANT = { tenant_id: "africastay", role: "consultant" } as User;
const OPERATOR = { tenant_id: null, role: "operator" } as User;

describe("whose pages they are", () => {
  it("operators and agencies share no page", () => {
    const agency = new Set(entriesOf(CONSULTANT).map((entry) => entry.to));
    expect(entriesOf(OPERATOR).filter((entry) => agency.has(entry.to))).toEqual([]);
  });

  it("sends each home from the other side", () => {
    expect(rightPlace(OPERATOR, "/quotes/1")).toBe("/operator");
    expect(rightPlace(OPERATOR, "/")).toBe("/operator");
    expect(rightPlace(OPERATOR, "/operator/jobs")).toBeNull();
    expect(rightPlace(CONSULTANT, "/operator/jobs")).toBe("/");
    expect(rightPlace(CONSULTANT, "/operators-guide")).toBeNull();
  });

  it("gives each page a key of its own", () => {
    for (const user of [OPERATOR, CONSULTANT]) {
      const keys = entriesOf(user).map((entry) => entry.key);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});
