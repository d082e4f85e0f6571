/** A process of its own that holds the embedded database until it is killed: what a test cannot be to itself. */
import { startEmbedded } from "../db/embedded/start.ts";

const [dataDir, pgBin] = process.argv.slice(2);
const embedded = await startEmbedded(dataDir!, { pgBin: pgBin === "" ? undefined : pgBin, isDurable: false });
process.stdout.write(`${embedded.url}\n`);
process.on("SIGTERM", () => void embedded.stop().then(() => process.exit(0)));
setInterval(() => undefined, 60_000);
