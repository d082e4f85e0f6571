import { roles } from "../../../server/access/schema.ts";
import type { MemberDto, Role } from "../../../server/access/schema.ts";
import { countOf } from "../../lib/numbers.ts";

export const ROLE_WORDS: Record<Role, string> = { viewer: "Viewer", operator: "Operator", owner: "Owner" };

/** What a role may do, in one line (domain reference, section 11). */
export const ROLE_MEANS: Record<Role, string> = {
  viewer: "Reads everything",
  operator: "Also imports, seeds, syncs and adjusts",
  owner: "Also changes missions, rewards, tiers and members",
};

/** For a select. */
export const roleOptions = roles.map((value) => ({
  value,
  label: `${ROLE_WORDS[value]}: ${lower(ROLE_MEANS[value])}`,
}));

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** "4 members: 1 owner, 2 operators, 1 viewer", roles without anybody left out. */
export function membersSentence(members: readonly Pick<MemberDto, "role">[]): { bold: string; rest: string } {
  const parts = roles
    .toReversed()
    .map((role) => ({ role, count: members.filter((member) => member.role === role).length }))
    .filter(({ count }) => count > 0)
    .map(({ role, count }) => countOf(count, role));
  return { bold: countOf(members.length, "member"), rest: parts.length === 0 ? "" : `: ${parts.join(", ")}` };
}

/** Why this member's role can neither be taken nor changed; undefined when it can. */
export function lastOwnerReason(member: MemberDto, members: readonly MemberDto[]): string | undefined {
  const owners = members.filter((one) => one.role === "owner").length;
  return member.role === "owner" && owners === 1
    ? `${member.isYou ? "You are" : `${member.name} is`} the last owner. Make somebody else an owner first.`
    : undefined;
}
