import { counted, formatCount } from "../base/text.ts";
import type { BucketCounts } from "../eligibility/schema.ts";
import type { UndoDto } from "../seeding/undo/schema.ts";
import type { Command } from "./command.ts";
import { listed, required } from "./command.ts";
import { findClient, missionId, seedingId } from "./lookup.ts";

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
    const { seedId, created, alreadySeeded, notEligible, unknown } = result;
    const which = seedId === null ? "" : ` Seeding ${seedId}.`;
    return {
      json: { seedId, created, alreadySeeded, notEligible, unknown },
      text: `${counted(created, "row")} created, ${formatCount(alreadySeeded)} were there, ${formatCount(notEligible)} not eligible, ${formatCount(unknown)} unknown.${which}`,
    };
  },
};

export const undo: Command = {
  name: "undo",
  usage: "undo --client <subdomain> --seed <id> [--dry-run] [--disable]",
  summary:
    "removes the rows of one seeding that are neither completed nor redeemed; --disable switches its missions off",
  options: {
    client: { type: "string" },
    seed: { type: "string" },
    "dry-run": { type: "boolean" },
    disable: { type: "boolean" },
  },
  async run(cli, values) {
    const seedId = seedingId(required(values, "seed"));
    const client = await findClient(cli, required(values, "client"));
    const asked = { clientId: client.id, seedId, dryRun: values["dry-run"] === true };
    const enabled =
      values["disable"] === true
        ? (await cli.caller.seeding.undo({ ...asked, dryRun: true })).missionsStillEnabled.map(({ id }) => id)
        : [];
    const result = await cli.caller.seeding.undo({ ...asked, disableMissions: enabled });
    return { json: result, text: undoText(result) };
  },
};

function undoText(result: UndoDto): string {
  const kept = `kept ${formatCount(result.kept)} (${formatCount(result.keptByReason.completed)} completed, ${formatCount(result.keptByReason.has_redemption)} with a redemption)`;
  const names = (missions: readonly { name: string }[]) => missions.map(({ name }) => name).join(", ");
  const lines = {
    preview: [`Would remove ${counted(result.removed, "row")}, would have ${kept}.`],
    undone: [`Removed ${counted(result.removed, "row")}, ${kept}.`],
    already_undone: [`Nothing to do: undone before by ${result.undone?.byName ?? "somebody"}, ${kept}.`],
    nothing_to_remove: [`Nothing to remove: ${kept}.`],
  }[result.kind];
  const isDone = result.kind === "undone";
  if (result.disabled.length > 0)
    lines.push(`${isDone ? "Switched off" : "Would switch off"}: ${names(result.disabled)}.`);
  if (result.missionsStillEnabled.length > 0) {
    lines.push(`Still enabled, so the next sync creates the rows again: ${names(result.missionsStillEnabled)}.`);
  }
  return lines.join("\n");
}
