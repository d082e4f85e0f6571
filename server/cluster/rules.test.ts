import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planOf } from "./rules.ts";
import type { Facts, ForeignKeyFact, TableFact } from "./schema.ts";

const ofClient = (name: string, more: Partial<TableFact> = {}): TableFact => ({
  name,
  columnType: "uuid",
  isColumnNullable: false,
  standing: null,
  ...more,
});
const without = (name: string, more: Partial<TableFact> = {}) => ofClient(name, { columnType: null, ...more });

const reference = (table: string, references: string, more: Partial<ForeignKeyFact> = {}): ForeignKeyFact => ({
  table,
  name: `${table}_${references}_fkey`,
  columns: ["client_id", "other_id"],
  references,
  referencedColumns: ["client_id", "id"],
  onDelete: "restrict",
  onUpdate: "no action",
  ...more,
});
const toClients = (table: string) => reference(table, "clients", { columns: ["client_id"], referencedColumns: ["id"] });

/** Clients and creators with videos, about which nothing is wrong. */
function facts(more: Partial<Facts> = {}): Facts {
  return {
    database: "muster",
    user: "owner",
    citus: "Citus 13.2.0",
    isTableOwner: true,
    isDatabaseOwner: true,
    isCoordinator: true,
    pendingMigrations: [],
    tables: [ofClient("videos"), ofClient("users"), without("clients"), without("_prisma_migrations")],
    keys: [{ table: "users", name: "users_pkey", columns: ["client_id", "id"] }],
    foreignKeys: [reference("videos", "users"), toClients("users"), toClients("videos")],
    policies: [{ table: "users", name: "users_of_the_client", hasSubquery: false }],
    triggers: [],
    otherSchemas: ["graphile_worker"],
    ...more,
  };
}

describe("the plan", () => {
  it("copies what is nobody's, distributes what is a client's, and leaves the rest where it is", () => {
    const plan = planOf(facts());
    expect(plan.steps).toEqual([
      { table: "clients", place: "reference", isDone: false },
      { table: "users", place: "distributed", isDone: false },
      { table: "videos", place: "distributed", isDone: false },
    ]);
    expect(plan.local.map(({ name }) => name)).toEqual(["_prisma_migrations", "graphile_worker.*"]);
    expect(plan.obstacles).toEqual([]);
  });

  it("knows what is done already", () => {
    const plan = planOf(
      facts({
        tables: [
          without("clients", { standing: { as: "reference" } }),
          ofClient("users", { standing: { as: "distributed", column: "client_id", group: 7 } }),
          ofClient("videos"),
        ],
      }),
    );
    expect(plan.steps.map(({ isDone }) => isDone)).toEqual([true, true, false]);
    expect(plan.obstacles).toEqual([]);
  });

  it("makes what is referenced before what references it, whatever the tables are called", () => {
    const chain = fc.uniqueArray(fc.stringMatching(/^t[a-z]{1,6}$/), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(chain, fc.infiniteStream(fc.nat()), (names, picks) => {
        // Each references some that came before it.
        const foreignKeys = names.flatMap((name, index) =>
          index === 0 ? [toClients(name)] : [reference(name, names[picks.next().value! % index]!)],
        );
        const tables = [...names.map((name) => ofClient(name)), without("clients")].toSorted((a, b) =>
          a.name < b.name ? -1 : 1,
        );
        const { steps, obstacles } = planOf(facts({ tables, foreignKeys, keys: [], policies: [] }));
        const at = (name: string) => steps.findIndex(({ table }) => table === name);
        expect(steps).toHaveLength(tables.length);
        expect(obstacles).toEqual([]);
        for (const key of foreignKeys) expect(at(key.references)).toBeLessThan(at(key.table));
      }),
    );
  });

  it("lets a table reference itself", () => {
    expect(planOf(facts({ foreignKeys: [reference("users", "users")] })).obstacles).toEqual([]);
  });
});

describe("what stands in the way is said in a sentence:", () => {
  const cases: [string, Partial<Facts>, RegExp][] = [
    ["no extension", { citus: null }, /has no Citus extension.*create extension citus/],
    ["no tables", { tables: [] }, /not migrated/],
    ["pending migrations", { pendingMigrations: ["2_second"] }, /pending: 2_second/],
    ["a worker node", { isCoordinator: false }, /must name the coordinator/],
    ["somebody else's tables", { isTableOwner: false }, /owner does not own the tables/],
    ["somebody else's database", { isDatabaseOwner: false }, /alter database muster owner to owner/],
    [
      "a table that nobody has thought of",
      { tables: [without("clients"), without("coupons")], foreignKeys: [], keys: [] },
      /coupons has no client_id and is none of those.*place-rules\.ts/,
    ],
    [
      "a client that may be missing",
      { tables: [...facts().tables, ofClient("notes", { isColumnNullable: true })] },
      /notes.client_id/,
    ],
    ["a client that is a text", { tables: [...facts().tables, ofClient("notes", { columnType: "text" })] }, /no uuid/],
    [
      "a table that is distributed otherwise",
      {
        tables: [
          without("clients"),
          ofClient("users", { standing: { as: "distributed", column: "id", group: 1 } }),
          ofClient("videos"),
        ],
      },
      /users is distributed by id already/,
    ],
    [
      "a copied table that should be distributed",
      { tables: [without("clients"), ofClient("users", { standing: { as: "reference" } }), ofClient("videos")] },
      /users stands as reference already/,
    ],
    [
      "a local table that is part of the cluster",
      { tables: [...facts().tables.slice(0, 3), without("_prisma_migrations", { standing: { as: "other" } })] },
      /_prisma_migrations stands as other already/,
    ],
    [
      "two groups",
      {
        tables: [
          without("clients"),
          ofClient("users", { standing: { as: "distributed", column: "client_id", group: 1 } }),
          ofClient("videos", { standing: { as: "distributed", column: "client_id", group: 2 } }),
        ],
      },
      /2 groups/,
    ],
    [
      "a unique key across clients",
      { keys: [{ table: "users", name: "users_email_key", columns: ["email"] }] },
      /users_email_key of users is unique without client_id/,
    ],
    [
      "a foreign key without the client",
      { foreignKeys: [reference("videos", "users", { columns: ["user_id"], referencedColumns: ["id"] })] },
      /could cross nodes/,
    ],
    [
      "a foreign key that compares the client with something else",
      { foreignKeys: [reference("videos", "users", { referencedColumns: ["id", "client_id"] })] },
      /could cross nodes/,
    ],
    [
      "set null on the client",
      { foreignKeys: [reference("videos", "users", { onDelete: "set null" })] },
      /on delete set null/,
    ],
    [
      "cascading updates of the client",
      { foreignKeys: [reference("videos", "users", { onUpdate: "cascade" })] },
      /on update cascade/,
    ],
    [
      "a copied table that references a distributed one",
      { foreignKeys: [reference("clients", "users")] },
      /from a table on every node/,
    ],
    [
      "a local table that references",
      { foreignKeys: [reference("_prisma_migrations", "clients")] },
      /from a local table/,
    ],
    [
      "a reference to a local table",
      { foreignKeys: [reference("users", "_prisma_migrations")] },
      /stays on the coordinator/,
    ],
    ["a reference to nowhere", { foreignKeys: [reference("users", "elsewhere")] }, /has no place/],
    [
      "a circle of foreign keys",
      { foreignKeys: [reference("users", "videos"), reference("videos", "users")] },
      /in a circle of foreign keys/,
    ],
    [
      "a policy with a subquery",
      { policies: [{ table: "users", name: "mine", hasSubquery: true }] },
      /mine on users has a subquery/,
    ],
    [
      "an extension's trigger",
      { triggers: [{ table: "users", name: "theirs", isOfExtension: true }] },
      /theirs on users belongs to an extension/,
    ],
  ];
  it.each(cases)("%s", (_, more, sentence) => {
    const { obstacles } = planOf(facts(more));
    expect(obstacles.some((one) => sentence.test(one))).toBe(true);
    expect(obstacles.every((one) => one.endsWith("."))).toBe(true);
  });
});
