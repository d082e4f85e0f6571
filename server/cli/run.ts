/** The command line as a function: arguments in, text and an exit code out. */
import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import type { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { AppError } from "../base/errors.ts";
import { createLog } from "../base/log.ts";
import { StartError } from "../base/start-error.ts";
import { openInstallation } from "../boot.ts";
import { readEnv } from "../env.ts";
import { tellingOf } from "../telling.ts";
import { sourceDeps } from "../engine.ts";
import { createCaller } from "../router.ts";
import { createAdminCommand } from "./admin.ts";
import { clients, createClientCommand } from "./clients.ts";
import { distributeCommand, vacateCommand } from "./cluster.ts";
import type { Answer, Cli, CliActor, Command, ExitCode, Values } from "./command.ts";
import { EXIT, UsageError } from "./command.ts";
import { importCommand } from "./imports.ts";
import { migrateCommand } from "./migrate.ts";
import { preview, seed, undo } from "./missions.ts";
import { rehearse } from "./rehearse.ts";
import { sync } from "./sync.ts";
import { usageText } from "./usage.ts";
import { verify } from "./verify.ts";

const COMMANDS: readonly Command[] = [
  clients,
  createClientCommand,
  createAdminCommand,
  preview,
  seed,
  undo,
  importCommand,
  sync,
  rehearse,
  verify,
  migrateCommand,
  distributeCommand,
  vacateCommand,
];

/** Where a command reads and writes. */
export interface Terminal {
  /** the environment, the process's own unless given */
  variables?: Readonly<Record<string, string | undefined>> | undefined;
  stdin: Readable;
  out: (line: string) => void;
  err: (line: string) => void;
}

interface Call {
  command: Command;
  values: Values;
  isJson: boolean;
}

/** Runs one command and answers its exit code; never throws. With --json the last line out is one object, also for a failure. */
export async function runCli(args: string[], terminal: Terminal): Promise<ExitCode> {
  if (args.includes("--help") || args.includes("-h")) {
    terminal.out(usageText(COMMANDS));
    return EXIT.done;
  }
  try {
    const call = parse(args);
    const answer = await perform(call, terminal);
    // A person reads the text; with --json it moves aside, so that the object is all a program finds.
    (call.isJson ? terminal.err : terminal.out)(answer.text);
    if (call.isJson) terminal.out(JSON.stringify(answer.json));
    return answer.exit ?? EXIT.done;
  } catch (error) {
    const sentence = sentenceOf(error);
    terminal.err(sentence);
    if (args.includes("--json")) terminal.out(JSON.stringify({ error: sentence }));
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

function parse([name, ...rest]: string[]): Call {
  const command = COMMANDS.find((one) => one.name === name);
  if (command === undefined) {
    const what = name === undefined ? "Which command?" : `There is no command ${name}.`;
    throw new UsageError(`${what}\n\n${usageText(COMMANDS)}`);
  }
  try {
    const options = { ...command.options, json: { type: "boolean" as const } };
    const { values } = parseArgs({ args: rest, options, strict: true, allowPositionals: false });
    return { command, values, isJson: values["json"] === true };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\nUsage: npm run muster -- ${command.usage}`);
  }
}

async function perform({ command, values, isJson }: Call, terminal: Terminal): Promise<Answer> {
  const env = readEnv(terminal.variables);
  const installation = await openInstallation(env, "muster cli", { isUnmigrated: command.isUnmigrated });
  const log = createLog({ level: "warn", stream: "stderr" });
  const actor: CliActor = { kind: "cli", name: `command line (${userName()})` };
  const now = () => new Date();
  const cli: Cli = {
    db: installation.db,
    env,
    log,
    actor,
    now,
    applied: installation.applied,
    caller: createCaller({
      db: installation.db,
      actor,
      now,
      log,
      inboxDir: env.inbox,
      uploadLimitBytes: env.uploadLimitMb * 1024 * 1024,
      telling: tellingOf(env),
      sources: sourceDeps(env),
      // Whoever sits at a shell waits, and no server need be running that would do a job.
      directPairs: Number.POSITIVE_INFINITY,
      requestId: randomUUID(),
      isSessionAlive: () => Promise.resolve(true),
    }),
    stdin: terminal.stdin,
    say: isJson ? terminal.err : terminal.out,
  };
  try {
    return await command.run(cli, values);
  } catch (error) {
    if (error instanceof UsageError) {
      throw new UsageError(`${error.message}\n\nUsage: npm run muster -- ${command.usage}`, { cause: error });
    }
    throw error;
  } finally {
    await installation.close();
  }
}

/** A user without a name, as in some containers, is known by number. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof TRPCError) return refusalOf(error);
  if (error instanceof AppError && error.code === "unavailable" && error.cause instanceof Error) {
    return `${error.message} (${error.cause.message})`;
  }
  if (error instanceof UsageError || error instanceof StartError || error instanceof AppError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function refusalOf(error: TRPCError): string {
  const { cause } = error;
  if (!(cause instanceof ZodError)) return error.message;
  return cause.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}.`).join("\n");
}
