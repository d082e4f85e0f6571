import { counted, formatCount } from "../base/text.ts";
import type { Command } from "./command.ts";
import { EXIT, required } from "./command.ts";
import { findClient } from "./lookup.ts";

export const verify: Command = {
  name: "verify",
  usage: "verify --client <subdomain>",
  summary: "looks at every creator and row once, as if there were no shortcuts, and sets right what differs",
  options: { client: { type: "string" } },
  async run(cli, values) {
    const client = await findClient(cli, required(values, "client"));
    const found = await cli.caller.sync.verify({ clientId: client.id });
    const isClean = found.summed + found.seeded + found.progressed + found.recounted === 0;
    const text = isClean
      ? "Nothing differs: every pair is judged, every row up to date, every count right."
      : `Set right: ${counted(found.summed, "sum or rank", "sums and ranks")}, ${counted(found.seeded, "row")} created, ${formatCount(found.progressed)} brought up to date, ${counted(found.recounted, "count")} corrected.`;
    return { json: { ...found }, text, ...(isClean ? {} : { exit: EXIT.failed }) };
  },
};
