/** `npm start`: from a fresh clone to a running console in one command. */
import "./node-version.mjs";
import { buildWeb, generate, install } from "./install.mjs";
import { become, main } from "./project.mjs";

await main(async () => {
  await install();
  await generate();
  await buildWeb();
  await become("server/main.ts", process.argv.slice(2));
});
