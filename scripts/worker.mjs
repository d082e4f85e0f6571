/** `npm run worker`: works on queued syncs and keeps the schedule, without a port. Any number may run, on any number of machines. */
import "./node-version.mjs";
import { buildServer } from "./build.mjs";
import { generate, install } from "./install.mjs";
import { become, main } from "./project.mjs";

await main(async () => {
  await install();
  await generate();
  await buildServer();
  await become("worker", process.argv.slice(2));
});
