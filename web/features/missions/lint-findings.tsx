import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import type { LintCode, LintFinding } from "../../../server/seeding/lint/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { TextLink } from "../../ui/link.tsx";
import { StatusIcon } from "../../ui/status.tsx";
import { LIGHT_STATUS } from "./lint-words.ts";
import classes from "./lint.module.css";

interface Props {
  missionId: string;
  findings: readonly LintFinding[];
  /** Called when a link is followed: what the list stands in closes. */
  onLeave?: (() => void) | undefined;
}

/** Every finding as a sentence, worst first, each with the way to what mends it. */
export function LintFindings({ missionId, findings, onLeave }: Props) {
  return (
    <ul className={classes.findings}>
      {findings.map((finding) => (
        <li key={finding.code} className={classes.finding}>
          <StatusIcon status={LIGHT_STATUS[finding.level]} />
          <span>
            <VisuallyHidden>{finding.level === "red" ? "Problem: " : "Warning: "}</VisuallyHidden>
            {finding.sentence} <Mend missionId={missionId} finding={finding} onLeave={onLeave} />
          </span>
        </li>
      ))}
    </ul>
  );
}

type Way = "edit" | "new" | "rewards" | "backtest" | "not_eligible" | "unknown" | "list" | "other";

/** Where each finding is mended, or seen where nothing but a look helps. */
const WAYS: Record<LintCode, { way: Way; text: string }> = {
  no_reward: { way: "edit", text: "Choose a reward" },
  mission_tier_unknown: { way: "edit", text: "Choose a tier" },
  raffle_past: { way: "edit", text: "Choose a later day" },
  target_reached: { way: "backtest", text: "Try another target" },
  nobody_eligible: { way: "not_eligible", text: "See who does not qualify" },
  reward_disabled: { way: "rewards", text: "Open the rewards" },
  metric_clash: { way: "new", text: "Write another mission" },
  creators_unknown: { way: "unknown", text: "See them" },
  windows_short: { way: "list", text: "See the windows" },
  twin: { way: "other", text: "Open it" },
};

const OWNERS_ALONE: readonly Way[] = ["edit", "new"];

/** A page that only owners change is no way for anybody else. */
function Mend({ missionId, finding, onLeave }: { missionId: string; finding: LintFinding } & Pick<Props, "onLeave">) {
  const client = useClient();
  const { way, text } = WAYS[finding.code];
  if (OWNERS_ALONE.includes(way) && !client.can("missions:write")) {
    return null;
  }
  const params = { client: client.subdomain, missionId };
  const here = { to: "/c/$client/missions/$missionId", params, onClick: onLeave, children: text } as const;
  const links: Record<Way, () => ReactNode> = {
    edit: () => <TextLink {...here} to="/c/$client/missions/$missionId/edit" />,
    new: () => <TextLink {...here} to="/c/$client/missions/new" params={{ client: client.subdomain }} />,
    rewards: () => <TextLink {...here} to="/c/$client/rewards" params={{ client: client.subdomain }} />,
    backtest: () => <TextLink {...here} search={{ tab: "backtest" }} />,
    not_eligible: () => <TextLink {...here} search={{ bucket: "not_eligible" }} />,
    unknown: () => <TextLink {...here} search={{ bucket: "unknown", reason: "creator_tier_unknown" }} />,
    list: () => <TextLink {...here} search={{}} />,
    other: () => <TextLink {...here} params={{ ...params, missionId: finding.missionId ?? missionId }} />,
  };
  return links[way]();
}
