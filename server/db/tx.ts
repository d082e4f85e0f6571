/**
 * The four ways to a transaction or connection; a fifth, for what may be a little old, stands in replica/stale.ts. Services open
 * them; steps and `sql.ts` take the `Db` inside.
 */
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { isUuid } from "../base/ids.ts";
import type { ClientId } from "../base/ids.ts";
import type { Db } from "./db.ts";
import { entering, inHome } from "./homes.ts";
import type { Prisma } from "./generated/client.ts";
import type { RootDb } from "./pools.ts";
import { isRetryable } from "./sql-errors.ts";

export interface TxOptions {
  /** "read committed" unless said otherwise. */
  isolation?: "read committed" | "repeatable read" | undefined;
  /** Runs `work` again after a serialization failure or deadlock, up to five times; it must have no effect outside the database. */
  retry?: boolean | undefined;
  /** Called before it is run again, when nothing of the attempt that failed is held any more. */
  beforeRetry?: (() => Promise<void>) | undefined;
  /** The transaction is rolled back after this long, 30 s unless said otherwise. */
  timeoutMs?: number | undefined;
}

const ATTEMPTS = 5;
const TIMEOUT_MS = 30_000;

/** As long as a first seed of a large programme may take, and whatever looks at as many pairs. */
export const WHOLE_PROGRAMME_MS = 15 * 60_000;

/** For questions about all creators, rows or videos of a client, from one snapshot: at a million they take longer than a request usually does. */
export const READING: TxOptions = { isolation: "repeatable read", timeoutMs: 120_000 };

/** Runs `work` in a transaction of the request role that sees this client's rows and no others. */
export function inClient<T>(
  db: RootDb,
  client: ClientId,
  work: (tx: Db) => Promise<T>,
  options: TxOptions = {},
): Promise<T> {
  // SET takes no parameters, so the id goes into the statement's text: the pattern is the guard.
  if (!isUuid(client)) throw new TypeError("inClient needs a client id");
  const scope = `set local app.client_id = '${client}'`;
  return inHome(db, client, (home) => inTx(home.db, [...entering(home, "local"), scope], work, options));
}

/** Runs `work` in a transaction of the request role without a client: only clients, admins and memberships answer rows. */
export function inAccess<T>(db: RootDb, work: (tx: Db) => Promise<T>, options: TxOptions = {}): Promise<T> {
  return inTx(db, ["set local app.client_id = ''"], work, options);
}

/**
 * Lends `work` a connection of the owner, without a transaction. The owner is past row-level security:
 * for COPY into staging after `authorise`, migrations and worker set-up. After an error the connection is thrown away.
 */
export async function withOwner<T>(db: RootDb, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await db.bulk.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** As `withOwner`, where the client's rows lie: for work on the rows of one client. */
export function withOwnerOf<T>(
  db: RootDb,
  client: ClientId,
  work: (connection: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return inHome(db, client, (home) =>
    withOwner(home.db, async (connection) => {
      if (home.schema === null) return work(connection);
      for (const statement of entering(home, "session")) await connection.query(statement);
      const result = await work(connection);
      await connection.query("reset search_path");
      return result;
    }),
  );
}

async function inTx<T>(
  db: RootDb,
  scope: readonly string[],
  work: (tx: Db) => Promise<T>,
  options: TxOptions,
): Promise<T> {
  const timeout = options.timeoutMs ?? TIMEOUT_MS;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.prisma.$transaction(
        async (tx) => {
          for (const statement of opening(scope, { ...options, timeoutMs: timeout }))
            await tx.$executeRawUnsafe(statement);
          return await work(prismaDb(tx));
        },
        { timeout, maxWait: 15_000 },
      );
    } catch (error) {
      if (options.retry !== true || attempt >= ATTEMPTS || !isRetryable(error)) throw error;
      await options.beforeRetry?.();
      // A little chance keeps two that collided from colliding again.
      await wait(10 * attempt + Math.random() * 40);
    }
  }
}

/**
 * What a transaction begins with: one round trip, outside of a cluster. The isolation is said here, and first, as Prisma would make
 * one more round trip of it. The server's own limit ends a statement that Prisma's timer can only abandon; the clock is set here too
 * because a pooler between us may drop the option.
 */
function opening(
  scope: readonly string[],
  { isolation = "read committed", timeoutMs }: TxOptions & { timeoutMs: number },
): string[] {
  const first = `set transaction isolation level ${isolation}`;
  const last = `${scope.at(-1)}; set local statement_timeout = ${timeoutMs}; set local timezone = 'UTC'`;
  return scope.length === 1 ? [`${first}; ${last}`] : [first, ...scope.slice(0, -1), last];
}

/** The handle inside a Prisma transaction. */
export function prismaDb(tx: Pick<Prisma.TransactionClient, "$queryRaw" | "$executeRaw">): Db {
  return {
    async query<Row extends object>(statement: Prisma.Sql): Promise<Row[]> {
      const rows = await tx.$queryRaw<Row[]>(statement);
      refuseUncast(rows[0]);
      return rows;
    },
    execute: (statement) => tx.$executeRaw(statement),
  };
}

/** The same handle on a pg connection, for the owner's work; the caller opens and ends the transaction. */
export function pgDb(client: pg.ClientBase): Db {
  return {
    async query<Row extends object>(statement: Prisma.Sql): Promise<Row[]> {
      const { rows, fields } = await client.query<Row & pg.QueryResultRow>(
        statement.text,
        statement.values.map(asPgValue),
      );
      for (const field of fields) {
        if (UNCAST.has(field.dataTypeID)) throw uncast(field.name);
      }
      return rows;
    },
    async execute(statement) {
      const { rowCount } = await client.query(statement.text, statement.values.map(asPgValue));
      return rowCount ?? 0;
    },
  };
}

/** bigint, numeric, date and interval: types that the two drivers answer differently, or not as JSON can carry. */
const UNCAST = new Set([20, 1700, 1082, 1186]);

function refuseUncast(row: object | undefined): void {
  if (row === undefined) return;
  for (const [name, value] of Object.entries(row)) {
    const isDecimal = typeof value === "object" && value !== null && "toFixed" in value;
    if (typeof value === "bigint" || isDecimal) throw uncast(name);
  }
}

function uncast(column: string): TypeError {
  return new TypeError(
    `column "${column}" must be cast in the SQL: bigint to int or text; numeric, date and interval to text`,
  );
}

/** pg writes instants in the process's time zone; the text of Prisma's driver is UTC. */
function asPgValue(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}
