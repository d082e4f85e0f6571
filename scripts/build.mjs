/** What is made from the sources when they changed since: the console in dist/web and the server in dist/server. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BIN, hashOf, isStamped, mustWrite, ROOT, runNode, Sentence, writeStamp } from "./project.mjs";

const isSource = (path) => !/\.test\.tsx?$/.test(path);

/** Builds the console into dist/web when one of its sources changed since. */
export async function buildWeb({ force = false } = {}) {
  const isShared = (path) => /[\\/]schema\.ts$/.test(path) || /[\\/]server[\\/]base[\\/]/.test(path);
  const hash = [
    hashOf(["web", "vite.config.ts", "tsconfig.json", "package-lock.json"], isSource),
    hashOf(["server"], isShared),
  ].join(" ");
  if (!force && isStamped("dist/web/.muster-sources", hash) && existsSync(join(ROOT, "dist/web/index.html"))) return;
  mustWrite("dist/web", "the console is built there");
  process.stderr.write("Building the console…\n");
  const draft = `dist/web.${process.pid}`;
  try {
    const args = ["build", "--logLevel=warn", "--emptyOutDir", "--outDir", join(ROOT, draft)];
    const { code, output } = await runNode(BIN.vite, args, { quiet: true, env: { NODE_ENV: "production" } });
    if (code !== 0) throw new Sentence(`The console could not be built:\n${output.trim()}`);
    writeStamp(`${draft}/.muster-sources`, hash);
    replaceWeb(draft);
  } finally {
    removeDrafts();
  }
}

/** The new console is put in place whole: two starts at once, or one killed half-way, never leave half of one. */
function replaceWeb(draft) {
  const web = join(ROOT, "dist/web");
  const old = `${web}.${process.pid}.old`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (existsSync(web)) renameSync(web, old);
      renameSync(join(ROOT, draft), web);
      return;
    } catch (error) {
      // Another start put its own there in between, from the same sources.
      if (attempt === 5 || !["ENOENT", "ENOTEMPTY", "EEXIST"].includes(error.code)) throw error;
      rmSync(old, { recursive: true, force: true });
    }
  }
}

/** Drafts of this process and of those that were killed. */
function removeDrafts() {
  const names = existsSync(join(ROOT, "dist")) ? readdirSync(join(ROOT, "dist")) : [];
  for (const name of names) {
    const pid = /^web\.(\d+)/.exec(name)?.[1];
    if (pid === undefined || (Number(pid) !== process.pid && isAlive(Number(pid)))) continue;
    rmSync(join(ROOT, "dist", name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** The server's ways in; scripts name them by their file in server/. */
const ENTRIES = ["main", "cli", "worker"];

/**
 * Bundles the server into dist/server when one of its sources changed since. Translating 250 files and their packages at every
 * start (tsx) took 2.9 s of processor time, loading the bundle takes 1.1 s; making it takes 0.2 s.
 */
export async function buildServer() {
  const isServed = (path) => isSource(path) && !/[\\/]server[\\/]testing[\\/]/.test(path);
  const hash = hashOf(["server", "package-lock.json", "scripts/build.mjs"], isServed);
  const stamp = "dist/server/.muster-sources";
  const isWhole = ENTRIES.every((name) => existsSync(join(ROOT, `dist/server/${name}.js`)));
  if (isWhole && isStamped(stamp, hash)) return;
  mustWrite("dist/server", "the server is built there");
  for (const { path, contents } of await bundle()) {
    // Renamed into place: another process may be starting from the file.
    writeFileSync(`${path}.${process.pid}`, contents);
    renameSync(`${path}.${process.pid}`, path);
  }
  writeStamp(stamp, hash);
}

async function bundle() {
  const { build, stop } = await import("esbuild");
  mkdirSync(join(ROOT, "dist/server"), { recursive: true });
  try {
    const { outputFiles } = await build({
      absWorkingDir: ROOT,
      entryPoints: ENTRIES.map((name) => `server/${name}.ts`),
      outdir: "dist/server",
      bundle: true,
      write: false,
      // Packages stay where npm put them: some find their own files from there.
      packages: "external",
      platform: "node",
      format: "esm",
      target: "node20",
      sourcemap: true,
      sourcesContent: false,
      logLevel: "silent",
    });
    return outputFiles;
  } catch (error) {
    throw new Sentence(`The server could not be built: ${error.message}`);
  } finally {
    // Its helper process would otherwise stay as long as the server runs.
    await stop();
  }
}
