import { authorise } from "../access/authorise.ts";
import type { ClientId, RunId } from "../base/ids.ts";
import { formatCount } from "../base/text.ts";
import { syncDeps } from "../engine.ts";
import { followRun } from "../sync/progress.ts";
import { runSync } from "../sync/runner.ts";
import type { RunDto, RunEvent, StepDto } from "../sync/schema.ts";
import { stepNames } from "../sync/schema.ts";
import type { Answer, Cli, Command } from "./command.ts";
import { EXIT, optional, required, UsageError } from "./command.ts";
import { storeFile } from "./imports.ts";
import { findClient } from "./lookup.ts";

export const sync: Command = {
  name: "sync",
  usage: "sync --client <subdomain> [--csv <file>] | --retry <number> [--without-file]",
  summary: "runs the daily sync, with a file or without one, or goes on with a failed one, and follows it to its end",
  options: {
    client: { type: "string" },
    csv: { type: "string" },
    retry: { type: "string" },
    "without-file": { type: "boolean" },
  },
  async run(cli, values) {
    const failed = optional(values, "retry");
    const path = optional(values, "csv");
    if (failed !== undefined && path !== undefined)
      throw new UsageError("--retry goes on with its own file; leave --csv out.");
    const { id: clientId } = await findClient(cli, required(values, "client"));
    if (failed !== undefined) return retry(cli, clientId, failed, values["without-file"] === true);
    const importId = path === undefined ? undefined : await storeFile(cli, clientId, path);
    const started = await cli.caller.sync.start({ clientId, ...(importId === undefined ? {} : { importId }) });
    if (started.kind === "busy") {
      // The file would otherwise wait in the console for somebody who has gone.
      if (importId !== undefined) await cli.caller.imports.discard({ clientId, importId });
      return {
        exit: EXIT.busy,
        json: { runId: started.runId, status: "busy" },
        text:
          started.isHeld === true
            ? `Sync ${started.number} of this client is held: an owner has to release or discard it first.`
            : `Sync ${started.number} of this client is under way; try again when it has ended.`,
      };
    }
    await follow(cli, clientId, started.runId as RunId);
    return answerOf(await cli.caller.sync.get({ clientId, runId: started.runId }));
  },
};

/** Goes on with a failed run at the step it failed at. */
async function retry(cli: Cli, clientId: string, text: string, withoutFile: boolean): Promise<Answer> {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new UsageError("--retry takes the number of a sync, such as 417.");
  const run = await cli.caller.sync.getByNumber({ clientId, number });
  const { after } = await cli.caller.sync.retry({ clientId, runId: run.id, withoutFile });
  await follow(cli, clientId, run.id as RunId, after);
  return answerOf(await cli.caller.sync.get({ clientId, runId: run.id }));
}

/**
 * Works on the run in this process unless a server's worker was faster, and tells its events until it has ended:
 * so it makes no difference whether a server is running. Ctrl-C cancels a run that is worked on here.
 */
async function follow(cli: Cli, clientId: string, runId: RunId, after = 0): Promise<void> {
  const { client } = await authorise(cli.db, cli.actor, clientId, "sync:run");
  let isOurs = true;
  const onInterrupt = () => {
    if (!isOurs) process.exit(EXIT.failed);
    cli.say("Cancelling; the step under way is rolled back.");
    cli.caller.sync
      .cancel({ clientId, runId })
      .then((answer) => cli.say(answer.kind === "cancelled" ? answer.kept : "It was over already."))
      .catch((error: unknown) => cli.log.error({ err: error }, "cancel failed"));
  };
  process.once("SIGINT", onInterrupt);
  const working = runSync(cli.db, syncDeps(cli), client, runId).then((outcome) => {
    if (outcome === "not_queued") isOurs = false;
  });
  try {
    await Promise.all([working, tell(cli, client, runId, after)]);
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

async function tell(cli: Cli, client: ClientId, runId: RunId, after: number): Promise<void> {
  const recheck = () => Promise.resolve();
  for await (const event of followRun(cli.db, client, { runId, after, recheck })) {
    const line = lineOf(event);
    if (line !== null) cli.say(line);
    // Nobody knows when an owner will look at it.
    if (event.type === "run_held") return;
  }
}

function lineOf({ type, step, note }: RunEvent): string | null {
  if (type === "run_requeued" || type === "step_retried") return note;
  return step === null || (type !== "step_succeeded" && type !== "step_failed" && type !== "run_held")
    ? null
    : lineOfStep(step);
}

/** "[3/8] totals       139 changed, ranks moved for 12 (0.4 s)". */
export function lineOfStep(step: StepDto): string {
  const seconds = ((msOf(step) ?? 0) / 1000).toFixed(1);
  return `[${step.position}/${stepNames.length}] ${step.name.padEnd(12)} ${step.message} (${seconds} s)`;
}

function msOf({ startedAt, endedAt }: StepDto): number | null {
  return startedAt === null || endedAt === null ? null : endedAt.getTime() - startedAt.getTime();
}

/** What became of the rows of the file, for --json. */
export function importFigures(steps: readonly StepDto[]): Record<string, number> {
  const counts = steps[0]?.counts ?? {};
  const names = ["rows", "created", "updated", "unchanged", "duplicate", "rejected"] as const;
  return Object.fromEntries(names.map((name) => [name, counts[name] ?? 0]));
}

/** The steps for --json. */
export function stepFigures(steps: readonly StepDto[]): object[] {
  return steps.map((step) => ({
    name: step.name,
    status: step.status,
    in: step.rowsIn,
    out: step.rowsOut,
    skipped: step.skipped,
    ms: msOf(step) ?? 0,
  }));
}

function answerOf(run: RunDto): Answer {
  const isDone = run.status === "succeeded" || run.status === "succeeded_with_warnings";
  return {
    exit: isDone ? EXIT.done : run.status === "held" ? EXIT.held : EXIT.failed,
    json: {
      runId: run.id,
      status: run.status,
      import: importFigures(run.steps),
      steps: stepFigures(run.steps),
    },
    text: endLine(run),
  };
}

function endLine({ number, status, error, failure, totals, steps }: RunDto): string {
  const held = steps.find((step) => step.status === "held");
  if (status === "held" && held !== undefined) {
    return `Sync ${number} is held before step ${held.position} (${held.name}): ${held.message} An owner releases or discards it in the console.`;
  }
  if (failure !== null) return `Sync ${number} failed: ${failure.message} ${failure.kept} ${failure.advice}`;
  if (status === "discarded") return `Sync ${number} was discarded.`;
  if (error !== null) return `Sync ${number} failed: ${error.message}`;
  if (status === "cancelled") return `Sync ${number} was cancelled.`;
  const { rows, rejected, promoted, demoted, seeded, completed, redemptions } = totals;
  const figures = [
    `${formatCount(rows)} rows`,
    `${formatCount(rejected)} set aside`,
    `${formatCount(promoted)} promoted`,
    `${formatCount(demoted)} demoted`,
    `${formatCount(seeded)} seeded`,
    `${formatCount(completed)} completed`,
    `${formatCount(redemptions)} redemptions`,
  ];
  return `Sync ${number} ${status.replaceAll("_", " ")}: ${figures.join(", ")}.`;
}
