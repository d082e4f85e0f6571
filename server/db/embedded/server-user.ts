/** PostgreSQL refuses to run as root: a root process starts it as somebody else, an ordinary user as himself. */
import { spawnSync } from "node:child_process";
import { chownSync, statSync } from "node:fs";

/** Whom the database server runs as; null when that is whoever runs us. */
export type ServerUser = { uid: number; gid: number } | null;

const NOBODY = 65_534;

/**
 * Chooses the server's user. Data that already belongs to an ordinary user stays with him,
 * so that one start with sudo does not take the database away from the clone's owner.
 */
export function chooseServerUser(clusterDir: string): ServerUser {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return { uid: NOBODY, gid: NOBODY };
}

/** Gives a file or folder to the server's user. */
export function giveTo(user: ServerUser, path: string): void {
  if (user !== null) chownSync(path, user.uid, user.gid);
}

/** The part of spawn's options that makes a child run as the server's user. */
export function asUser(user: ServerUser): { uid?: number; gid?: number } {
  return user === null ? {} : { uid: user.uid, gid: user.gid };
}

/** Tells whether the server's user can enter and write a folder, by trying: modes alone do not know of ACLs. */
export function canUse(user: ServerUser, dir: string): boolean {
  if (user === null) return true;
  const tried = spawnSync("/bin/sh", ["-c", 'cd "$1" && test -w .', "sh", dir], {
    ...asUser(user),
    cwd: "/",
  });
  return tried.status === 0;
}
