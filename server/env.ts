/** The only reader of the environment: everything else receives an `Env`. */
import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { keyFrom } from "./base/secret-box.ts";
import { StartError } from "./base/start-error.ts";

/** The folder of the checkout: default paths hang from it, not from where the command was typed. */
export const PROJECT_ROOT = checkoutOf(dirname(fileURLToPath(import.meta.url)));

/** This file is read from server/ or, bundled, from dist/server/. */
function checkoutOf(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : checkoutOf(dirname(folder));
}

const LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

function databaseUrl(name: string) {
  return z
    .string()
    .refine((value) => /^postgres(ql)?:\/\//.test(value), {
      error: `${name} must be a PostgreSQL address such as postgresql://user:password@host:5432/database`,
    })
    .optional();
}

function folder(name: string) {
  return z.string().refine((value) => !value.includes("\0"), { error: `${name} must be the path of a folder` });
}

function wholeNumber(name: string, low: number, high: number, otherwise: number) {
  const error = `${name} must be a whole number from ${low} to ${high}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .refine((value) => value >= low && value <= high, { error })
    .optional()
    .transform((value) => value ?? otherwise);
}

const variables = z.object({
  NODE_ENV: z
    .enum(["development", "production", "test"], {
      error: "NODE_ENV must be development, production or test",
    })
    .default("production"),
  PORT: wholeNumber("PORT", 0, 65_535, 3000),
  /** Loopback unless asked otherwise: the demo's password is public, so a fresh start must not offer it to the network. */
  HOST: z.string().default("127.0.0.1"),
  DATABASE_URL: databaseUrl("DATABASE_URL"),
  MUSTER_APP_URL: databaseUrl("MUSTER_APP_URL"),
  DATABASE_REPLICA_URL: databaseUrl("DATABASE_REPLICA_URL"),
  MUSTER_DATA_DIR: folder("MUSTER_DATA_DIR").default(".muster"),
  MUSTER_PG_BIN: folder("MUSTER_PG_BIN").optional(),
  MUSTER_INBOX: folder("MUSTER_INBOX").optional(),
  MUSTER_UPLOAD_LIMIT_MB: wholeNumber("MUSTER_UPLOAD_LIMIT_MB", 1, 100_000, 200),
  MUSTER_ENGINE: z.enum(["on", "off"], { error: "MUSTER_ENGINE must be on or off" }).default("on"),
  MUSTER_SECRET_KEY: z.string().min(32, { error: "MUSTER_SECRET_KEY must have at least 32 characters" }).optional(),
  MUSTER_ALLOW_PRIVATE_SOURCES: z
    .enum(["yes", "no"], { error: "MUSTER_ALLOW_PRIVATE_SOURCES must be yes or no" })
    .default("no"),
  MUSTER_SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: "MUSTER_SMTP_URL must be an address such as smtps://user:password@mail.example.com",
    })
    .optional(),
  MUSTER_MAIL_FROM: z.string().max(300).optional(),
  METRICS_TOKEN: z.string().min(16, { error: "METRICS_TOKEN must have at least 16 characters" }).optional(),
  LOG_LEVEL: z.enum(LEVELS, { error: `LOG_LEVEL must be one of ${LEVELS.join(", ")}` }).default("info"),
  MUSTER_SECRET: z.string().min(32, { error: "MUSTER_SECRET must have at least 32 characters" }).optional(),
  MUSTER_PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: "MUSTER_PUBLIC_URL must be an address such as https://muster.example.com",
    })
    .transform((value) => value.replace(/\/+$/, ""))
    .optional(),
});

/** What the process was told, with defaults filled in; paths are absolute. */
export interface Env {
  nodeEnv: "development" | "production" | "test";
  port: number;
  /** Address to listen on: 127.0.0.1 unless HOST says otherwise (0.0.0.0 in a container or for a LAN). */
  host: string;
  databaseUrl: string | undefined;
  /** Connection for the request role where `options` in a start-up packet do not arrive (pgbouncer). */
  appUrl: string | undefined;
  /** A replica of the database, for lists and downloads that may be a little old. */
  replicaUrl: string | undefined;
  dataDir: string;
  /** Folder with `postgres` and `initdb` to use instead of the shipped ones. */
  pgBin: string | undefined;
  inbox: string;
  uploadLimitMb: number;
  /** Whether `npm start` works on the queue and keeps the schedule too; off where `npm run worker` does that elsewhere. */
  isEngineOn: boolean;
  /** Seals what is stored of addresses and passwords; see `encryptionKey`. */
  secretKey: string | undefined;
  /** Whether addresses that admins enter may lie in a private network, and be http. */
  allowsPrivate: boolean;
  /** How mail is sent; null where none is. */
  mail: { url: string; from: string } | null;
  metricsToken: string | undefined;
  logLevel: (typeof LEVELS)[number];
  secret: string | undefined;
  /** Address under which people reach the console, without a slash at the end. */
  publicUrl: string | undefined;
}

function absolute(path: string): string {
  return isAbsolute(path) ? path : resolve(PROJECT_ROOT, path);
}

/** Reads and checks the environment; a variable that is set but empty counts as not set. Throws `StartError`. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(
    Object.keys(variables.shape).flatMap((name) => {
      const value = source[name]?.trim();
      return value === undefined || value === "" ? [] : [[name, value] as const];
    }),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    throw new StartError(`${parsed.error.issues.map((issue) => issue.message).join("; ")}.`);
  }
  const values = parsed.data;
  const dataDir = absolute(values.MUSTER_DATA_DIR);
  return {
    nodeEnv: values.NODE_ENV,
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    appUrl: values.MUSTER_APP_URL,
    replicaUrl: values.DATABASE_REPLICA_URL,
    dataDir,
    pgBin: values.MUSTER_PG_BIN === undefined ? undefined : absolute(values.MUSTER_PG_BIN),
    inbox: values.MUSTER_INBOX === undefined ? join(dataDir, "inbox") : absolute(values.MUSTER_INBOX),
    uploadLimitMb: values.MUSTER_UPLOAD_LIMIT_MB,
    isEngineOn: values.MUSTER_ENGINE === "on",
    secretKey: values.MUSTER_SECRET_KEY,
    allowsPrivate: values.MUSTER_ALLOW_PRIVATE_SOURCES === "yes",
    mail: mailOf(values.MUSTER_SMTP_URL, values.MUSTER_MAIL_FROM),
    metricsToken: values.METRICS_TOKEN,
    logLevel: values.LOG_LEVEL,
    secret: values.MUSTER_SECRET,
    publicUrl: values.MUSTER_PUBLIC_URL,
  };
}

function mailOf(url: string | undefined, from: string | undefined): Env["mail"] {
  if (url === undefined) return null;
  if (from === undefined)
    throw new StartError("MUSTER_MAIL_FROM must say from whom mail comes, such as muster@example.com.");
  return { url, from };
}

/**
 * Answers the secret that signs sessions: MUSTER_SECRET, else one made once and kept in the data folder,
 * readable by its owner alone, so that a restart signs nobody out. Throws `StartError` without write access.
 */
export function sessionSecret(env: Pick<Env, "secret" | "dataDir">): string {
  return env.secret ?? keptSecret(env.dataDir, "secret", "MUSTER_SECRET", "everybody signs in anew");
}

/**
 * Answers the key that seals what is stored of addresses and passwords: from MUSTER_SECRET_KEY, which several machines on one
 * database must share, else from a text made once and kept in the data folder. Throws `StartError` without write access.
 */
export function encryptionKey(env: Pick<Env, "secretKey" | "dataDir">): Buffer {
  const lost = "sealed addresses and passwords have to be entered anew";
  return keyFrom(env.secretKey ?? keptSecret(env.dataDir, "secret-key", "MUSTER_SECRET_KEY", lost));
}

function keptSecret(dataDir: string, name: string, variable: string, lost: string): string {
  const path = join(dataDir, name);
  try {
    mkdirSync(dataDir, { recursive: true });
    if (!existsSync(path)) {
      // Written aside and linked into place: of two processes one wins, and nobody reads half a secret.
      const draft = `${path}.${process.pid}`;
      writeFileSync(draft, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
      try {
        linkSync(draft, path);
      } finally {
        rmSync(draft, { force: true });
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw new StartError(`The folder ${dataDir} cannot be written to; set MUSTER_DATA_DIR or ${variable}.`, error);
    }
  }
  return readSecret(path, lost);
}

function readSecret(path: string, lost: string): string {
  try {
    const secret = readFileSync(path, "utf8").trim();
    if (secret.length >= 32) return secret;
  } catch (error) {
    throw new StartError(`The file ${path} cannot be read; start as the user it belongs to.`, error);
  }
  throw new StartError(`The file ${path} does not hold a secret; delete it and start again (${lost}).`);
}
