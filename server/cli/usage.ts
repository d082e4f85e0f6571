import type { Command } from "./command.ts";

/** The help: every command as it is written and what it does. */
export function usageText(commands: readonly Command[]): string {
  return [
    "Usage: npm run muster -- <command> [options] [--json]",
    "",
    ...commands.map((command) => `  ${command.usage}\n      ${command.summary}`),
    "",
    "  --json   the last line of standard output is one JSON object",
    "  --help   this text",
    "",
    "Exit codes: 0 done (also with warnings), 1 failed, 2 usage, 3 another sync or rehearsal of the client is under way",
  ].join("\n");
}
