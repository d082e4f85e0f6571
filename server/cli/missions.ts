import { counted, formatCount } from "../base/text.ts";
import type { BucketCounts } from "../eligibility/schema.ts";
import type { Command } from "./command.ts";
import { listed, required } from "./command.ts";
import { findClient, missionId } from "./lookup.ts";

export const preview: Command = {
  name: "preview",
  usage: "preview --client <subdomain> --mission <id>",
  summary: "says who would be seeded, who not, and why",
  options: { client: { type: "string" }, mission: { type: "string" } },
  async run(cli, values) {
    const wanted = required(values, "mission");
    const client = await findClient(cli, required(values, "client"));
    const found = await cli.caller.eligibility.preview({ clientId: client.id, missionId: missionId(wanted) });
    const { counts, byReason, byTier } = found;
    const reasons = Object.entries(byReason).filter(([, count]) => count > 0);
    const lines = [
      `${found.mission.displayName}: ${counted(counts.total, "creator")}`,
      ...bucketLines(counts),
      ...reasons.map(([reason, count]) => `  of these ${reason.replaceAll("_", " ")}: ${formatCount(count)}`),
    ];
    return { json: { counts, byReason, byTier }, text: lines.join("\n") };
  },
};

function bucketLines(counts: BucketCounts): string[] {
  return [
    `  will be created  ${formatCount(counts.willCreate)}`,
    `  already seeded   ${formatCount(counts.alreadySeeded)}`,
    `  not eligible     ${formatCount(counts.notEligible)}`,
    `  unknown          ${formatCount(counts.unknown)}`,
  ];
}

export const seed: Command = {
  name: "seed",
  usage: "seed --client <subdomain> [--mission <id>]…",
  summary: "creates the missing progress rows, of all missions or of those named",
  options: { client: { type: "string" }, mission: { type: "string", multiple: true } },
  async run(cli, values) {
    const client = await findClient(cli, required(values, "client"));
    const missions = listed(values, "mission").map(missionId);
    const result = await cli.caller.seeding.run({
      clientId: client.id,
      ...(missions.length > 0 ? { missionIds: missions } : {}),
    });
    const { created, alreadySeeded, notEligible, unknown } = result;
    return {
      json: { created, alreadySeeded, notEligible, unknown },
      text: `${counted(created, "row")} created, ${formatCount(alreadySeeded)} were there, ${formatCount(notEligible)} not eligible, ${formatCount(unknown)} unknown.`,
    };
  },
};
