/** `npm run muster -- <command>`: the same procedures from a shell, with the server running or not. */
import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { AppError } from "./base/errors.ts";
import { createLog } from "./base/log.ts";
import { StartError } from "./base/start-error.ts";
import { openInstallation } from "./boot.ts";
import { createAdminCommand } from "./cli/admin.ts";
import { clients, createClientCommand } from "./cli/clients.ts";
import type { Answer, Cli, CliActor, Command, ExitCode, Values } from "./cli/command.ts";
import { EXIT, UsageError } from "./cli/command.ts";
import { importCommand } from "./cli/imports.ts";
import { migrateCommand } from "./cli/migrate.ts";
import { preview, seed } from "./cli/missions.ts";
import { sync } from "./cli/sync.ts";
import { usageText } from "./cli/usage.ts";
import { readEnv } from "./env.ts";
import { createCaller } from "./router.ts";

const COMMANDS: readonly Command[] = [
  clients,
  createClientCommand,
  createAdminCommand,
  preview,
  seed,
  importCommand,
  sync,
  migrateCommand,
];

interface Call {
  command: Command;
  values: Values;
  isJson: boolean;
}

async function main(args: string[]): Promise<ExitCode> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`${usageText(COMMANDS)}\n`);
    return EXIT.done;
  }
  try {
    const call = parse(args);
    const answer = await perform(call);
    // A person reads the text; with --json it moves aside, so that the object is all a program finds.
    (call.isJson ? process.stderr : process.stdout).write(`${answer.text}\n`);
    if (call.isJson) process.stdout.write(`${JSON.stringify(answer.json)}\n`);
    return answer.exit ?? EXIT.done;
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
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

async function perform({ command, values, isJson }: Call): Promise<Answer> {
  const env = readEnv();
  const installation = await openInstallation(env, "muster cli");
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
      requestId: randomUUID(),
      isSessionAlive: () => Promise.resolve(true),
    }),
    say: (line) => (isJson ? process.stderr : process.stdout).write(`${line}\n`),
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
  if (error instanceof UsageError || error instanceof StartError || error instanceof AppError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function refusalOf(error: TRPCError): string {
  const { cause } = error;
  if (!(cause instanceof ZodError)) return error.message;
  return cause.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}.`).join("\n");
}

process.exitCode = await main(process.argv.slice(2));
