import { counted } from "../base/text.ts";
import { distribute, vacate } from "../cluster/service.ts";
import type { Distribution } from "../cluster/service.ts";
import type { Command } from "./command.ts";

export const distributeCommand: Command = {
  name: "cluster:distribute",
  usage: "cluster:distribute [--dry-run]",
  summary:
    "spreads the tables of a database with the Citus extension over its nodes by client, and makes the clients' homes there; does nothing where that is done",
  options: { "dry-run": { type: "boolean" } },
  async run({ db, say }, values) {
    const isDryRun = values["dry-run"] === true;
    const done = await distribute(db, { isDryRun, say });
    return { json: { ...done.plan, made: done.made, homes: done.homes }, text: textOf(done, isDryRun) };
  },
};

export const vacateCommand: Command = {
  name: "cluster:vacate",
  usage: "cluster:vacate",
  isUnmigrated: true,
  summary:
    "takes the clients' homes away from the nodes of a Citus cluster, before a migration or a move; cluster:distribute makes them again",
  options: {},
  async run({ db }) {
    const homes = await vacate(db);
    const text =
      homes.length === 0
        ? "There are no homes."
        : `${counted(homes.length, "home")} taken away. No client can be worked for until \`npm run muster -- cluster:distribute\` makes them again.`;
    return { json: { homes }, text };
  },
};

function textOf({ plan, made, homes }: Distribution, isDryRun: boolean): string {
  const named = (place: string) => plan.steps.filter((step) => step.place === place).map(({ table }) => table);
  const waiting = plan.steps.filter((step) => !step.isDone).length;
  return [
    isDryRun
      ? `${counted(waiting, "table")} of ${plan.steps.length} ${waiting > 0 ? "and then the homes of clients" : `and ${counted(homes.length, "home")}`} would be made; nothing was changed.`
      : made.length + homes.length === 0
        ? "Everything is distributed already."
        : `${counted(made.length, "table")} and ${counted(homes.length, "home")} made. Start servers and workers anew: those that run do not know of it.`,
    `A copy on every node: ${named("reference").join(", ")}.`,
    `Distributed by client, in this order: ${named("distributed").join(", ")}.`,
    "On the coordinator alone:",
    ...plan.local.map(({ name, why }) => `  ${name}: ${why}`),
  ].join("\n");
}
