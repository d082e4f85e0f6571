/** How PostgreSQL goes about a query function of ours, as the request role under row-level security, with what it really read. */
import type { ClientId } from "../base/ids.ts";
import { type Db, type Sql, sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";

export interface PlanNode {
  "Node Type": string;
  "Join Type"?: string;
  "Relation Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  Plans?: PlanNode[];
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** The nodes of a statement's plan; `options` as EXPLAIN takes them. */
export async function explain(tx: Db, statement: Sql, options: Sql): Promise<PlanNode[]> {
  const [row] = await tx.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
    sql`explain (${options}, format json) ${statement}`,
  );
  return nodesOf(row!["QUERY PLAN"][0]!.Plan);
}

/** Runs `ask` and answers the nodes of all statements it asks for. */
export async function planOf(db: RootDb, client: ClientId, ask: (tx: Db) => Promise<unknown>): Promise<PlanNode[]> {
  return inClient(db, client, async (tx) => {
    const plan: PlanNode[] = [];
    const listening: Db = {
      execute: (statement) => tx.execute(statement),
      async query<Row extends object>(statement: Sql) {
        plan.push(...(await explain(tx, statement, sql`analyze`)));
        return tx.query<Row>(statement);
      },
    };
    await ask(listening);
    return plan;
  });
}

/** Rows of a table that a plan looked at, those it threw away again included. */
export function rowsRead(plan: readonly PlanNode[], table: string): number {
  return plan
    .filter((node) => node["Relation Name"] === table)
    .reduce(
      (sum, node) =>
        sum + ((node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0)) * (node["Actual Loops"] ?? 1),
      0,
    );
}
