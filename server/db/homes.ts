/**
 * Where a client's rows lie. Usually with everybody else's; in a database that Citus has distributed on one of its nodes, where a
 * schema, the client's home, shows its parts of the tables under their plain names (cluster/homes). Work for a client is done
 * there, by the same statements.
 */
import { AppError } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import { type Db, sql } from "./db.ts";
import type { RootDb } from "./pools.ts";

export interface Home {
  /** connections to the server that has the client's rows */
  db: RootDb;
  /** the schema with its tables; null: they are everybody's, in `public` */
  schema: string | null;
}

/** A node's number and address. */
export interface Node {
  group: number;
  host: string;
  port: number;
}

/** A client may have moved to another node since; after that time it is looked up again. */
const KNOWN_MS = 30_000;
/** Of so many clients it is known at once; then everything is forgotten. */
const KNOWN_AT_MOST = 10_000;

const IS_DISTRIBUTED = `
  select exists (select from pg_dist_partition where logicalrelid = to_regclass('public.users') and partmethod = 'h') as yes`;
const NODE_OF_CLIENT = `
  select 'home_' || s.number as home, n.groupid::int as group, n.nodename as host, n.nodeport as port
  from get_shard_id_for_distribution_column('public.users', $1::uuid) s (number)
  join pg_dist_placement p on p.shardid = s.number and p.shardstate = 1
  join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'`;
const NODES = `
  select distinct n.groupid::int as group, n.nodename as host, n.nodeport as port
  from pg_dist_shard s join pg_dist_placement p on p.shardid = s.shardid and p.shardstate = 1
  join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
  where s.logicalrelid = 'public.users'::regclass order by n.groupid`;

/** The client's home. Throws `unavailable` where the cluster has none for it, as while it is migrated or its parts are moved. */
export async function homeOf(db: RootDb, client: ClientId): Promise<Home> {
  return (await db.homes.find(client)) ?? { db, schema: null };
}

/** The databases that have clients' rows, and with them the jobs of clients: usually this one alone. */
export async function placesOf(db: RootDb): Promise<RootDb[]> {
  return (await db.homes.listNodes()) ?? [db];
}

/** The homes in a distributed database, with the connections to its nodes; in others there are none. */
export class Homes {
  readonly #coordinator: Pick<RootDb, "url" | "owner">;
  readonly #openNode: (url: string) => RootDb;
  readonly #nodes = new Map<number, RootDb>();
  readonly #known = new Map<ClientId, { home: Home; until: number }>();
  /** Distributing wants every process started anew, so it is asked once. */
  #isDistributed: boolean | null = null;

  constructor(coordinator: Pick<RootDb, "url" | "owner">, openNode: (url: string) => RootDb) {
    this.#coordinator = coordinator;
    this.#openNode = openNode;
  }

  /** The client's home on a node; null: nothing is distributed. Throws as `homeOf`. */
  async find(client: ClientId): Promise<Home | null> {
    if (!(await this.#distributed())) return null;
    const known = this.#known.get(client);
    if (known !== undefined && known.until > Date.now()) return known.home;
    const home = await this.#lookUp(client);
    if (this.#known.size >= KNOWN_AT_MOST) this.#known.clear();
    this.#known.set(client, { home, until: Date.now() + KNOWN_MS });
    return home;
  }

  /** The nodes with clients; null: nothing is distributed. */
  async listNodes(): Promise<RootDb[] | null> {
    if (!(await this.#distributed())) return null;
    const { rows } = await this.#coordinator.owner.query<Node>(NODES);
    return rows.map((node) => this.#node(node));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#nodes.values()].map((node) => node.close()));
  }

  async #distributed(): Promise<boolean> {
    if (this.#isDistributed !== null) return this.#isDistributed;
    const { owner } = this.#coordinator;
    const { rows } = await owner.query<{ yes: boolean }>("select to_regclass('pg_dist_partition') is not null as yes");
    if (rows[0]!.yes) {
      const answer = await owner.query<{ yes: boolean }>(IS_DISTRIBUTED);
      this.#isDistributed = answer.rows[0]!.yes;
    } else this.#isDistributed = false;
    return this.#isDistributed;
  }

  async #lookUp(client: ClientId): Promise<Home> {
    const found = await this.#coordinator.owner.query<Node & { home: string }>(NODE_OF_CLIENT, [client]);
    const { home, ...node } = found.rows[0]!;
    const db = this.#node(node);
    const { rows } = await db.owner.query<{ yes: boolean }>("select to_regnamespace($1) is not null as yes", [home]);
    if (rows[0]!.yes) return { db, schema: home };
    throw new AppError(
      "unavailable",
      `The cluster is being changed: ${node.host}:${node.port} has no ${home} yet. \`npm run muster -- cluster:distribute\` makes it.`,
    );
  }

  #node({ group, host, port }: Node): RootDb {
    const known = this.#nodes.get(group) ?? this.#openNode(nodeUrl(this.#coordinator.url, { host, port }));
    this.#nodes.set(group, known);
    return known;
  }
}

/** The statement by which a session or a transaction (`local`) finds the client's tables; none where that is so anyway. */
export function enter({ schema }: Home, scope: "local" | "session"): string {
  return schema === null ? "" : `set ${scope} search_path = ${schema}, public; `;
}

/** A table's own name, for COPY and ANALYZE, which take no view: a home shows its tables through views. */
export async function tableItself(owner: Db, table: string): Promise<string> {
  const [row] = await owner.query<{ name: string }>(sql`
    select d.refobjid::regclass::text as name
    from pg_rewrite r
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
      and d.refobjid <> r.ev_class
    where r.ev_class = to_regclass(${table})
    limit 1`);
  return row?.name ?? table;
}

/** The same database and user on another server. */
export function nodeUrl(url: string, { host, port }: Pick<Node, "host" | "port">): string {
  const changed = new URL(url);
  changed.hostname = host;
  changed.port = String(port);
  return changed.toString();
}
