/** `npm run muster -- <command>`: standard output belongs to the command, so that --json can be piped. */
import "./node-version.mjs";
import { buildServer } from "./build.mjs";
import { generate, install } from "./install.mjs";
import { become, main } from "./project.mjs";

await main(async () => {
  await install();
  await generate();
  await buildServer();
  await become("cli", process.argv.slice(2));
});
