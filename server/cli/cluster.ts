import { counted } from "../base/text.ts";
import { distribute } from "../cluster/service.ts";
import type { Distribution } from "../cluster/service.ts";
import type { Command } from "./command.ts";

export const distributeCommand: Command = {
  name: "cluster:distribute",
  usage: "cluster:distribute [--dry-run] [--anyway]",
  summary:
    "spreads the tables of a database with the Citus extension over its nodes by client; does nothing to those that are",
  options: { "dry-run": { type: "boolean" }, anyway: { type: "boolean" } },
  async run({ db, say }, values) {
    const isDryRun = values["dry-run"] === true;
    const done = await distribute(db, { isDryRun, anyway: values["anyway"] === true, say });
    return { json: { ...done.plan, made: done.made }, text: textOf(done, isDryRun) };
  },
};

function textOf({ plan, made }: Distribution, isDryRun: boolean): string {
  const named = (place: string) => plan.steps.filter((step) => step.place === place).map(({ table }) => table);
  const waiting = plan.steps.filter((step) => !step.isDone).length;
  return [
    isDryRun
      ? `${counted(waiting, "table")} would be made of ${plan.steps.length}; nothing was changed.`
      : made.length === 0
        ? "Everything is distributed already."
        : `${counted(made.length, "table")} made. Start servers and workers anew: sessions that are open do not have the new settings.`,
    `A copy on every node: ${named("reference").join(", ")}.`,
    `Distributed by client, in this order: ${named("distributed").join(", ")}.`,
    "On the coordinator alone:",
    ...plan.local.map(({ name, why }) => `  ${name}: ${why}`),
    ...plan.reservations.map((sentence) => `Beware: ${sentence}`),
  ].join("\n");
}
