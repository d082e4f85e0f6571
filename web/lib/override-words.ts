import type { LintCode } from "../../server/seeding/lint/schema.ts";

const RED_WORDS: Partial<Record<LintCode, string>> = {
  no_reward: "it had no reward",
  mission_tier_unknown: "its tier was not in the ladder",
  raffle_past: "the raffle was over",
  target_reached: "nearly all had reached the target",
};

/** What a red light had found when it was overridden: "the raffle was over"; a code this page does not know keeps its own name. */
export function overriddenText(codes: readonly unknown[]): string {
  const words: Readonly<Record<string, string>> = RED_WORDS;
  return codes.map((code) => words[String(code)] ?? String(code).replaceAll("_", " ")).join(", ");
}
