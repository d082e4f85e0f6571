/** `npm run muster -- <command>`: the same procedures from a shell, with the server running or not. */
import { runCli } from "./cli/run.ts";

process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});
