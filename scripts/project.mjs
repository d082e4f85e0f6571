/** What the scripts share: where things are, how a program is run, and what is stale. No dependency: it runs before any is installed. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** The programs of the installed packages, by file: no shell and no PATH between us and them. */
export const BIN = {
  oxfmt: "node_modules/oxfmt/bin/oxfmt",
  oxlint: "node_modules/oxlint/bin/oxlint",
  playwright: "node_modules/@playwright/test/cli.js",
  prisma: "node_modules/prisma/build/index.js",
  tsc: "node_modules/typescript/bin/tsc",
  tsx: "node_modules/tsx/dist/cli.mjs",
  vite: "node_modules/vite/bin/vite.js",
  vitest: "node_modules/vitest/vitest.mjs",
};

/** An end with a sentence for the person at the terminal. */
export class Sentence extends Error {}

/** Runs a script's body: a sentence is printed alone, exit code 1. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    process.stderr.write(`${error instanceof Sentence ? error.message : error.stack}\n`);
    process.exit(1);
  }
}

/** Runs a program from the project's root and answers its exit code; `quiet` keeps what it printed for `output`. */
export function run(program, args, { env = {}, quiet = false, shell = false } = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: quiet ? ["ignore", "pipe", "pipe"] : ["inherit", "inherit", "inherit"],
      shell,
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.once("error", (error) => done({ code: 1, output: error.message }));
    child.once("close", (code, signal) => done({ code: code ?? (signal === null ? 1 : 130), output }));
  });
}

/** Runs one of the installed packages' programs with this Node. */
export function runNode(script, args, options) {
  return run(process.execPath, [script, ...args], options);
}

/** Turns this process into one of the server's entry points, as built: signals, exit code and output are then its own. */
export async function become(entry, args) {
  const path = join(ROOT, "dist/server", `${entry}.js`);
  process.argv = [process.execPath, path, ...args];
  // Should there be a stack trace, it names the sources.
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(path).href);
}

/** Says in a sentence that something cannot be made because this user may not write there. */
export function mustWrite(path, why) {
  let there = join(ROOT, path);
  while (!existsSync(there)) there = dirname(there);
  try {
    accessSync(there, constants.W_OK);
  } catch (error) {
    const who = `${error.code}, user ${process.getuid?.() ?? "unknown"}`;
    throw new Sentence(
      `The folder ${there} cannot be written to (${who}), but ${why}; start as the user it belongs to.`,
    );
  }
}

/** sha256 over the names and contents of files; folders are walked. */
export function hashOf(paths, keep = () => true) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap((entry) => filesIn(join(ROOT, entry))).filter(keep)) {
    hash.update(relative(ROOT, path)).update("\0").update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

function filesIn(path) {
  if (!existsSync(path)) return [];
  const entries = tryList(path);
  if (entries === null) return [path];
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)]));
}

function tryList(path) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOTDIR") return null;
    throw error;
  }
}

/** Tells whether `stamp` holds this hash, that is: whether what was made from the files is current. */
export function isStamped(stamp, hash) {
  const path = join(ROOT, stamp);
  return existsSync(path) && readFileSync(path, "utf8") === hash;
}

/** Writes a stamp once the thing is made. */
export function writeStamp(stamp, hash) {
  const path = join(ROOT, stamp);
  // A new file in its place: node_modules may be shared with another checkout by hard links.
  writeFileSync(`${path}.${process.pid}`, hash);
  renameSync(`${path}.${process.pid}`, path);
}
