/** `npm run dev`: the server, restarted when a file of it changes, and vite in front of it for the console. */
import "./node-version.mjs";
import { spawn } from "node:child_process";
import { generate, install } from "./install.mjs";
import { BIN, main, ROOT } from "./project.mjs";

await main(async () => {
  await install();
  await generate();
  const env = { ...process.env, NODE_ENV: "development" };
  const children = [
    [BIN.tsx, "watch", "--clear-screen=false", "server/main.ts"],
    [BIN.vite, "--clearScreen=false"],
  ].map((args) => spawn(process.execPath, args, { cwd: ROOT, env, stdio: "inherit" }));
  // A terminal sends Ctrl-C to the whole group; anything else reaches this process alone and is passed on.
  process.on("SIGINT", () => process.stdin.isTTY || children.forEach((child) => child.kill("SIGINT")));
  process.on("SIGTERM", () => children.forEach((child) => child.kill("SIGTERM")));
  const codes = await Promise.all(
    children.map(
      (child) =>
        new Promise((done) => {
          child.once("exit", (code) => {
            // One without the other is of no use.
            children.forEach((other) => other !== child && other.kill("SIGTERM"));
            done(code ?? 0);
          });
        }),
    ),
  );
  process.exitCode = codes.find((code) => code !== 0) ?? 0;
});
