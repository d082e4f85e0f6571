/** What every command is made of, and the ways it can end. */
import type { Readable } from "node:stream";
import type { ParseArgsConfig } from "node:util";
import type { Actor } from "../base/actor.ts";
import type { Log } from "../base/log.ts";
import type { RootDb } from "../db/pools.ts";
import type { Env } from "../env.ts";
import type { createCaller } from "../router.ts";

export const EXIT = { done: 0, failed: 1, usage: 2, busy: 3, held: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a command answers: `json` is the last line with --json, `text` what a person reads. */
export interface Answer {
  exit?: ExitCode | undefined;
  json: object;
  text: string;
}

export type CliActor = Extract<Actor, { kind: "cli" }>;

/** What a command works with. */
export interface Cli {
  db: RootDb;
  env: Env;
  log: Log;
  actor: CliActor;
  caller: ReturnType<typeof createCaller>;
  now: () => Date;
  /** names of the migrations applied on the way in */
  applied: string[];
  /** a password comes from here */
  stdin: Readable;
  /** a line of progress: beside the answer, never in its place */
  say: (line: string) => void;
}

export type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

export interface Command {
  name: string;
  /** how it is written, without the program's name */
  usage: string;
  summary: string;
  options: NonNullable<ParseArgsConfig["options"]>;
  /** does what has to be done before the database can be migrated, so it is run on one that is not */
  isUnmigrated?: boolean;
  run: (cli: Cli, values: Values) => Promise<Answer>;
}

/** The command was written wrongly: exit code 2, with the usage. */
export class UsageError extends Error {}

/** The text of an option, or a usage error when it is missing. */
export function required(values: Values, name: string): string {
  const value = optional(values, name);
  if (value === undefined) throw new UsageError(`--${name} is missing.`);
  return value;
}

export function optional(values: Values, name: string): string | undefined {
  const value = values[name];
  if (value === "") throw new UsageError(`--${name} is empty.`);
  return typeof value === "string" ? value : undefined;
}

export function listed(values: Values, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** One of a few words, or a usage error naming them. */
export function oneOf<Word extends string>(name: string, value: string, words: readonly Word[]): Word {
  const word = words.find((one) => one === value);
  if (word === undefined) throw new UsageError(`--${name} is one of ${words.join(", ")}, not ${value}.`);
  return word;
}
