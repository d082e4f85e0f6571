import { describe, expect, it } from "vitest";
import type { MemberDto, Role } from "../../../server/access/schema.ts";
import { lastOwnerReason, membersSentence } from "./member-words.ts";

function member(role: Role, isYou = false): MemberDto {
  return { adminId: role, name: "Dana", email: "dana@example.com", role, addedAt: new Date(0), isYou };
}

describe("the members of a client", () => {
  it("are counted by role, highest first", () => {
    expect(membersSentence([member("viewer"), member("owner"), member("operator"), member("operator")])).toEqual({
      bold: "4 members",
      rest: ": 1 owner, 2 operators, 1 viewer",
    });
  });

  it("keep their last owner", () => {
    const [owner, other] = [member("owner", true), member("viewer")];
    expect(lastOwnerReason(owner, [owner, other])).toContain("You are the last owner");
    expect(lastOwnerReason(owner, [owner, member("owner")])).toBeUndefined();
    expect(lastOwnerReason(other, [owner, other])).toBeUndefined();
  });
});
