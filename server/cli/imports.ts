import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { authorise } from "../access/authorise.ts";
import { AppError } from "../base/errors.ts";
import type { ImportId } from "../base/ids.ts";
import { counted, formatCount } from "../base/text.ts";
import { storeImport } from "../imports/store.ts";
import type { ImportCheckDto } from "../imports/schema.ts";
import type { Cli, Command } from "./command.ts";
import { required } from "./command.ts";
import { findClient } from "./lookup.ts";

const MEGABYTE = 1024 * 1024;

/** Stores a file of this machine for the client, as an upload would. A file that cannot be read is said in a sentence. */
export async function storeFile(cli: Cli, clientId: string, path: string): Promise<ImportId> {
  const { client } = await authorise(cli.db, cli.actor, clientId, "imports:write");
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) throw new AppError("bad_request", `There is no file ${path}.`);
  const file = { name: basename(path), source: "cli" as const, stream: createReadStream(path) };
  const limitBytes = cli.env.uploadLimitMb * MEGABYTE;
  const { importId } = await storeImport(cli.db, cli.actor, client, file, { now: cli.now(), limitBytes });
  return importId;
}

export const importCommand: Command = {
  name: "import",
  usage: "import --client <subdomain> --check <file>",
  summary: "says what a file would change, without changing anything",
  options: { client: { type: "string" }, check: { type: "string" } },
  async run(cli, values) {
    const path = required(values, "check");
    const client = await findClient(cli, required(values, "client"));
    const importId = await storeFile(cli, client.id, path);
    try {
      const check = await cli.caller.imports.check({ clientId: client.id, importId });
      const { counts, byCode, newCreators, newestPost, refusal } = check;
      return {
        json: { counts, byCode, newCreators, newestPost, extraColumns: check.import.extraColumns, refusal },
        text: checkLines(check).join("\n"),
        exit: refusal === null ? 0 : 1,
      };
    } finally {
      // It was only looked at: nothing is left waiting in the console.
      await cli.caller.imports.discard({ clientId: client.id, importId });
    }
  },
};

function checkLines({ counts, byCode, newCreators, refusal, import: file }: ImportCheckDto): string[] {
  return [
    `${file.fileName}: ${counted(counts.rows, "row")}`,
    `  new videos  ${formatCount(counts.created)}`,
    `  updated     ${formatCount(counts.updated)}`,
    `  unchanged   ${formatCount(counts.unchanged)}`,
    `  duplicate   ${formatCount(counts.duplicate)}`,
    `  rejected    ${formatCount(counts.rejected)}`,
    ...byCode.map((one) => `    ${one.column}, ${one.code.replaceAll("_", " ")}: ${formatCount(one.rows)}`),
    `  new creators ${formatCount(newCreators.count)}`,
    ...(file.extraColumns.length > 0 ? [`  ignored columns: ${file.extraColumns.join(", ")}`] : []),
    ...(refusal === null ? [] : [`It would be refused: ${refusal.message}`]),
  ];
}
