/** Where the embedded server keeps its files: inside the data folder where its user can get there, elsewhere where he cannot. */
import { createHash } from "node:crypto";
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartError } from "../../base/start-error.ts";
import { canUse, chooseServerUser, giveTo } from "./server-user.ts";
import type { ServerUser } from "./server-user.ts";

/** The places of one embedded server. */
export interface Home {
  user: ServerUser;
  /** Folder that belongs to the server's user. */
  dir: string;
  /** PostgreSQL's own data folder. */
  cluster: string;
  log: string;
  lock: string;
}

/** A socket's whole path must fit into 107 bytes on Linux, 103 on macOS; the file's name takes 15. */
const SOCKET_DIR_BYTES = 88;

/** Decides where the server of a data folder lives, makes the folders, and remembers the answer. Throws `StartError`. */
export function openHome(dataDir: string): Home {
  try {
    mkdirSync(dataDir, { recursive: true });
    return placesIn(dataDir, homeOf(dataDir));
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The folder ${dataDir} cannot be written to (${(error as Error).message}); set MUSTER_DATA_DIR to one that can.`,
      error,
    );
  }
}

function placesIn(dataDir: string, dir: string): Home {
  const cluster = join(dir, "cluster");
  const user = chooseServerUser(existsSync(cluster) ? cluster : dir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  giveTo(user, dir);
  const probe = join(dataDir, `.write-${process.pid}`);
  writeFileSync(probe, "");
  rmSync(probe);
  return {
    user,
    dir,
    cluster,
    log: join(dir, "postgres.log"),
    lock: join(dataDir, "postgres.lock"),
  };
}

/** A root process whose server user cannot enter the data folder (a clone in root's home) puts the server under /var/lib. */
function homeOf(dataDir: string): string {
  const pointer = join(dataDir, "postgres-home");
  if (existsSync(pointer)) return remembered(pointer);
  const inside = join(dataDir, "postgres");
  if (existsSync(inside) || process.getuid?.() !== 0) return inside;
  // Another process may begin at this moment: it finds the same answer.
  mkdirSync(inside, { recursive: true, mode: 0o700 });
  const user = chooseServerUser(inside);
  giveTo(user, inside);
  if (canUse(user, inside)) return inside;
  if (existsSync(inside)) rmdirSync(inside);
  const outside = join("/var/lib", `muster-${shortHash(dataDir)}`);
  mkdirSync(outside, { recursive: true, mode: 0o700 });
  writeFileSync(pointer, `${outside}\n`);
  return outside;
}

function remembered(pointer: string): string {
  const home = readFileSync(pointer, "utf8").trim();
  if (existsSync(home)) return home;
  throw new StartError(
    `The database lies in ${home}, as ${pointer} says, but that folder is gone; restore it, or delete ${pointer} to start from nothing.`,
  );
}

/**
 * Makes the folder of the server's socket, which only its user (and root) may enter: whoever reaches the socket is trusted.
 * Under a long path it lies in the system's folder for temporary files instead.
 */
export function socketDirOf(home: Home): string {
  const candidates = [
    join(home.dir, "socket"),
    join(tmpdir(), `muster-${shortHash(home.dir)}`),
    `/tmp/muster-${shortHash(home.dir)}`,
  ];
  const dir = candidates.find((path) => Buffer.byteLength(path) <= SOCKET_DIR_BYTES)!;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const found = lstatSync(dir);
  const mine = process.getuid?.();
  const isOurs = found.isDirectory() && (mine === undefined || mine === 0 || found.uid === mine);
  if (!isOurs) throw new StartError(`The folder ${dir} belongs to somebody else; delete it and start again.`);
  chmodSync(dir, 0o700);
  giveTo(home.user, dir);
  return dir;
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 10);
}
