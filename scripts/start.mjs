/** `npm start`: from a fresh clone to a running console in one command. */
import "./node-version.mjs";
import { buildServer, buildWeb } from "./build.mjs";
import { generate, install } from "./install.mjs";
import { become, main } from "./project.mjs";

await main(async () => {
  await install();
  await generate();
  await buildServer();
  await buildWeb();
  await become("main", process.argv.slice(2));
});
