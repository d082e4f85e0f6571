import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { authorise } from "../access/authorise.ts";
import { AppError } from "../base/errors.ts";
import { syncDeps } from "../engine.ts";
import type { FileChoice } from "../sync/rehearsal/file.ts";
import { totalsText } from "../sync/rehearsal/rules.ts";
import type { RehearsalDto } from "../sync/rehearsal/schema.ts";
import { startRehearsal } from "../sync/rehearsal/service.ts";
import { importFigures, lineOfStep, stepFigures } from "./sync.ts";
import type { Answer, Cli, Command } from "./command.ts";
import { EXIT, optional, required } from "./command.ts";
import { findClient } from "./lookup.ts";

export const rehearse: Command = {
  name: "rehearse",
  usage: "rehearse --client <subdomain> [--csv <file>]",
  summary: "says exactly what tonight's sync would do, with a file or with what lies in the inbox; nothing is written",
  options: { client: { type: "string" }, csv: { type: "string" } },
  async run(cli, values) {
    const path = optional(values, "csv");
    const { id: clientId, currency } = await findClient(cli, required(values, "client"));
    const choice = path === undefined ? {} : await fileOf(path);
    const { client } = await authorise(cli.db, cli.actor, clientId, "sync:run");
    const started = await startRehearsal(cli.db, cli.actor, client, choice, syncDeps(cli));
    if (started.kind === "busy") {
      const what = started.by === "sync" ? `Sync ${started.number}` : "Another rehearsal";
      return {
        exit: EXIT.busy,
        json: { status: "busy", by: started.by },
        text: `${what} of this client is under way; try again when it has ended.`,
      };
    }
    await untilOver(cli, clientId, started);
    return answerOf(await cli.caller.sync.rehearsal({ clientId, rehearsalId: started.rehearsalId }), currency);
  },
};

/** It is read where it lies: nothing of it is stored. */
async function fileOf(path: string): Promise<FileChoice> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) throw new AppError("bad_request", `There is no file ${path}.`);
  return { file: { path, name: basename(path) } };
}

/** Ctrl-C ends it; nothing was written anyway. */
async function untilOver(
  cli: Cli,
  clientId: string,
  { rehearsalId, over }: { rehearsalId: string; over: Promise<void> },
): Promise<void> {
  const onInterrupt = () => {
    cli.say("Ending the rehearsal.");
    cli.caller.sync
      .endRehearsal({ clientId, rehearsalId })
      .catch((error: unknown) => cli.log.error({ err: error }, "the rehearsal could not be ended"));
  };
  process.once("SIGINT", onInterrupt);
  try {
    await over;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

function answerOf(rehearsal: RehearsalDto, currency: string): Answer {
  const { id, status, totals, seeded, steps } = rehearsal;
  const played = steps.filter((step) => step.status === "succeeded" || step.status === "failed");
  return {
    exit: status === "finished" ? EXIT.done : EXIT.failed,
    json: {
      rehearsalId: id,
      status,
      reason: rehearsal.error?.message ?? null,
      import: importFigures(steps),
      totals,
      seeded: seeded.map(({ missionId, missionName, count }) => ({ missionId, name: missionName, count })),
      steps: stepFigures(steps),
    },
    text: [...played.map(lineOfStep), endLine(rehearsal, currency)].join("\n"),
  };
}

function endLine({ status, error, totals, fileName }: RehearsalDto, currency: string): string {
  if (status === "failed") return `The sync would fail: ${error?.message ?? ""} Nothing was written.`;
  if (status !== "finished") return `The rehearsal was not played to its end: ${error?.message ?? ""}`;
  const worth = totals.redemptions === 0 ? "" : ` worth ${totals.redemptionsValue} ${currency}`;
  const file = fileName === null ? "Without a file" : `With ${fileName}`;
  return `${file} the sync would ${totalsText(totals)}${worth}. Nothing was written.`;
}
