/** `npm run test:chaos`: kills workers, connections and the database in the middle of nights, and compares what stands in the end. */
import "./node-version.mjs";
import { generate, install } from "./install.mjs";
import { BIN, main, runNode } from "./project.mjs";

await main(async () => {
  await install();
  await generate();
  const { code } = await runNode(BIN.tsx, ["server/testing/chaos/main.ts"]);
  process.exitCode = code;
});
