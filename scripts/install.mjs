/** Installs the packages of the lock file when node_modules does not hold them yet, and generates the database client. */
import "./node-version.mjs";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BIN, hashOf, isStamped, main, mustWrite, ROOT, run, runNode, Sentence, writeStamp } from "./project.mjs";

const INSTALLED = "node_modules/.muster-lock";
const GENERATED = "server/db/generated/.muster-schema";

/** Installs what is missing. `npm ci` empties node_modules first, so a stamp that is there tells the truth. */
export async function install() {
  // Binaries differ by system: a node_modules that came along from elsewhere is not installed here.
  const hash = `${hashOf(["package-lock.json"])} ${process.platform} ${process.arch}`;
  if (isStamped(INSTALLED, hash)) return;
  mustWrite("node_modules", "packages are to be installed there");
  process.stderr.write("Installing packages (about half a minute, once)…\n");
  // Build tools are needed whatever NODE_ENV says: the console is built here.
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const isWindows = process.platform === "win32";
  const { code, output } =
    npm !== undefined && npm.endsWith(".js")
      ? await runNode(npm, args, { quiet: true })
      : await run("npm", args, { quiet: true, shell: isWindows });
  if (code !== 0)
    throw new Sentence(`The packages could not be installed (npm ci ended with ${code}):\n${output.trim()}`);
  writeStamp(INSTALLED, hash);
}

/** Generates the Prisma client when the schema changed since. */
export async function generate() {
  const hash = hashOf(["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"]);
  if (isStamped(GENERATED, hash) && existsSync(join(ROOT, "server/db/generated/client.ts"))) return;
  mustWrite("server/db/generated", "the database client is generated there");
  const { code, output } = await runNode(BIN.prisma, ["generate"], {
    quiet: true,
    env: { CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  });
  if (code !== 0) throw new Sentence(`The database client could not be generated:\n${output.trim()}`);
  writeStamp(GENERATED, hash);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    await install();
    await generate();
  });
}
