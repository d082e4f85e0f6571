/** What speaks against activating a mission: red would be regretted, amber is worth a look. */
export const lintLevels = {
  no_reward: "red",
  mission_tier_unknown: "red",
  raffle_past: "red",
  target_reached: "red",
  nobody_eligible: "amber",
  reward_disabled: "amber",
  metric_clash: "amber",
  creators_unknown: "amber",
  windows_short: "amber",
  twin: "amber",
} as const satisfies Record<string, "amber" | "red">;

/** Worst first. */
export const lintCodes = Object.keys(lintLevels) as LintCode[];
export type LintCode = keyof typeof lintLevels;

export interface LintFinding {
  code: LintCode;
  level: "amber" | "red";
  /** with its numbers, as the admin reads it */
  sentence: string;
  /** how many creators or missions it is about */
  count?: number;
  /** the other mission that it names */
  missionId?: string;
}

/** `light` is the level of the worst finding; findings come worst first. */
export interface LintDto {
  light: "green" | "amber" | "red";
  findings: LintFinding[];
}
