/** Builds everything that a start needs, for an image: packages are installed already. */
import "./node-version.mjs";
import { buildServer, buildWeb } from "./build.mjs";
import { generate } from "./install.mjs";
import { main } from "./project.mjs";

await main(async () => {
  await generate();
  await buildServer();
  await buildWeb();
});
