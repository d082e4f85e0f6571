/** Finds a Chromium for the browser tests, or installs Debian's when it may. */
import "./node-version.mjs";
import { existsSync, readFileSync } from "node:fs";
import { BIN, run, runNode, Sentence } from "./project.mjs";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Answers the path of a browser that exists. CHROMIUM_PATH decides when it is set. */
export async function findChromium() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted !== undefined && wanted !== "") {
    if (existsSync(wanted)) return wanted;
    throw new Sentence(`CHROMIUM_PATH names ${wanted}, which does not exist.`);
  }
  return (
    INSTALLED.find((path) => existsSync(path)) ??
    (await downloaded()) ??
    (await installDebian()) ??
    (await download()) ??
    fail()
  );
}

function fail() {
  throw new Sentence("No browser for the tests: install Chromium or Google Chrome, or set CHROMIUM_PATH.");
}

async function downloaded() {
  const { chromium } = await import("playwright");
  const path = chromium.executablePath();
  return path !== "" && existsSync(path) ? path : null;
}

async function installDebian() {
  const isRoot = process.getuid?.() === 0;
  const isDebian = existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
  if (!isRoot || !isDebian) return null;
  process.stderr.write("Installing Chromium for the browser tests…\n");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const args = ["install", "-y", "--no-install-recommends", "chromium"];
  const first = await run("apt-get", args, { quiet: true, env });
  if (first.code !== 0) {
    await run("apt-get", ["update"], { quiet: true, env });
    const second = await run("apt-get", args, { quiet: true, env });
    if (second.code !== 0) process.stderr.write(`${second.output.trim().split("\n").at(-1)}\n`);
  }
  return existsSync("/usr/bin/chromium") ? "/usr/bin/chromium" : null;
}

async function download() {
  process.stderr.write("Downloading Chromium for the browser tests…\n");
  await runNode(BIN.playwright, ["install", "chromium"], { quiet: true });
  return downloaded();
}
