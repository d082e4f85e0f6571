/** PostgreSQL's own parser, as WebAssembly. */
import { loadModule, parsePlPgSQLSync, parseSync } from "libpg-query";
import { fieldOf, listOf } from "./tree.ts";
import type { Tree } from "./tree.ts";

let loading: Promise<void> | null = null;
function load(): Promise<void> {
  loading ??= loadModule();
  return loading;
}

/** The statements of a text as parse trees. Throws what PostgreSQL would say of a text that it cannot read. */
export async function parseStatements(text: string): Promise<Tree[]> {
  await load();
  return listOf(parseSync(text) as unknown as Tree, "stmts").flatMap((one) => {
    const statement = fieldOf(one, "stmt");
    return statement === null ? [] : [statement];
  });
}

/** The body of a function in plpgsql, given as the statement that creates it. */
export async function parseFunction(definition: string): Promise<Tree> {
  await load();
  return parsePlPgSQLSync(definition) as unknown as Tree;
}
