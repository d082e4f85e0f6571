/**
 * Prisma's own differ, from its WebAssembly build: the native engine has to be downloaded, which not every machine can do.
 * It says what a migrated database lacks against schema.prisma, in SQL.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { DiffParams, DiffResult } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { PROJECT_ROOT } from "../env.ts";

interface Bindings {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  SchemaEngine: {
    new: (
      options: object,
      log: (message: string) => void,
      adapter: object,
    ) => Promise<{ diff(params: DiffParams): Promise<DiffResult> }>;
  };
}

/** PostgreSQL's type "char", which the adapter does not know, and a type of its own that no catalogue has: the mark between them. */
const ONE_BYTE_CHAR = 18;
const DATE = 1082;

/** The SQL that would bring the database at `url` to schema.prisma; empty when the two agree. */
export async function missingFromDatabase(url: string): Promise<string> {
  const pool = new CharPool({ connectionString: url, max: 2 });
  try {
    return await diff(withCharacters(new PrismaPg(pool)));
  } finally {
    await pool.end();
  }
}

/** Names the marked columns to the engine as what it expects of them. */
function withCharacters(factory: PrismaPg): PrismaPg {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const connection = await connect();
    const ask = connection.queryRaw.bind(connection);
    connection.queryRaw = async (query) => {
      const result = await ask(query);
      const columnTypes = result.columnTypes.map((type) =>
        type === ColumnTypeEnum.Date ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return connection;
  };
  return factory;
}

async function diff(adapter: PrismaPg): Promise<string> {
  const bindings = await load();
  const schema = {
    path: "schema.prisma",
    content: readFileSync(join(PROJECT_ROOT, "prisma", "schema.prisma"), "utf8"),
  };
  const engine = await bindings.SchemaEngine.new(
    { datamodels: [["schema.prisma", schema.content]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
  const { stdout } = await engine.diff({
    from: { tag: "schemaDatasource", files: [schema], configDir: PROJECT_ROOT },
    to: { tag: "schemaDatamodel", files: [schema] },
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  } as DiffParams);
  return (stdout ?? "").trim();
}

/** Marks the catalogues' one-byte columns on their way into the adapter, which would refuse them. */
class CharPool extends pg.Pool {
  override async query(...args: unknown[]): Promise<never> {
    const ask = pg.Pool.prototype.query.bind(this) as unknown as (...args: unknown[]) => Promise<pg.QueryArrayResult>;
    const result = await ask(...args);
    for (const field of result.fields) {
      if (field.dataTypeID === ONE_BYTE_CHAR) field.dataTypeID = DATE;
    }
    return result as never;
  }
}

/** The package's entry imports the .wasm as a module, which Node does not do unasked: it is put together here. */
async function load(): Promise<Bindings> {
  const dir = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const bindings = (await import(pathToFileURL(join(dir, "schema_engine_bg.js")).href)) as Bindings;
  const { instance } = await WebAssembly.instantiate(readFileSync(join(dir, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
  return bindings;
}
