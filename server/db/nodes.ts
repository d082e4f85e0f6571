/** The nodes of a database that Citus has distributed, and which of them has a client's home (homes.ts). */
import { AppError } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import type { RootDb } from "./pools.ts";

export interface Home {
  /** connections to the server that has the client's rows */
  db: RootDb;
  /** the schema with its tables; null: they are everybody's, in `public` */
  schema: string | null;
}

/** Where a node is reached. */
export interface NodeAddress {
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
  select 'home_' || s.number as home, n.nodename as host, n.nodeport as port
  from get_shard_id_for_distribution_column('public.users', $1::uuid) s (number)
  join pg_dist_placement p on p.shardid = s.number and p.shardstate = 1
  join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'`;
const NODES = `
  select distinct n.nodename as host, n.nodeport as port
  from pg_dist_shard s join pg_dist_placement p on p.shardid = s.shardid and p.shardstate = 1
  join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
  where s.logicalrelid = 'public.users'::regclass order by 1, 2`;

/** The homes in a distributed database, with the connections to its nodes; in others there are none. */
export class Homes {
  readonly #coordinator: Pick<RootDb, "url" | "owner">;
  readonly #openNode: (url: string) => RootDb;
  /** by address and not by number: a node that was replaced is another one */
  readonly #nodes = new Map<string, RootDb>();
  readonly #known = new Map<ClientId, { home: Home; until: number }>();
  /** Distributing wants every process started anew, so it is asked once. */
  #isDistributed: boolean | null = null;
  #isClosed = false;

  constructor(coordinator: Pick<RootDb, "url" | "owner">, openNode: (url: string) => RootDb) {
    this.#coordinator = coordinator;
    this.#openNode = openNode;
  }

  /** The client's home on a node; null: nothing is distributed. Throws `unavailable` where there is none now. */
  async find(client: ClientId): Promise<Home | null> {
    if (!(await this.#distributed())) return null;
    const known = this.#known.get(client);
    if (known !== undefined && known.until > Date.now()) return known.home;
    const home = await this.#lookUp(client);
    if (this.#known.size >= KNOWN_AT_MOST) this.#known.clear();
    this.#known.set(client, { home, until: Date.now() + KNOWN_MS });
    return home;
  }

  forget(client: ClientId): void {
    this.#known.delete(client);
  }

  /** The nodes with clients; null: nothing is distributed. */
  async listNodes(): Promise<RootDb[] | null> {
    if (!(await this.#distributed())) return null;
    const { rows } = await this.#coordinator.owner.query<NodeAddress>(NODES);
    return rows.map((node) => this.#node(node));
  }

  /** The nodes that were asked for something so far, by address. */
  reached(): ReadonlyMap<string, RootDb> {
    return this.#nodes;
  }

  /** Ends all connections to nodes, those that are reached no more among them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled([...this.#nodes.values()].map((node) => node.close()));
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
    const found = await this.#coordinator.owner.query<NodeAddress & { home: string }>(NODE_OF_CLIENT, [client]);
    const [place] = found.rows;
    if (place === undefined) throw moving("no node has the client's parts");
    const db = this.#node(place);
    const { rows } = await db.owner.query<{ yes: boolean }>("select to_regnamespace($1) is not null as yes", [
      place.home,
    ]);
    if (!rows[0]!.yes) throw moving(`${place.host}:${place.port} has no ${place.home}: cluster:distribute makes it`);
    return { db, schema: place.home };
  }

  #node({ host, port }: NodeAddress): RootDb {
    if (this.#isClosed) throw new Error("the database is closed");
    const address = `${host}:${port}`;
    const node = this.#nodes.get(address) ?? this.#openNode(nodeUrl(this.#coordinator.url, { host, port }));
    this.#nodes.set(address, node);
    return node;
  }
}

/** What an admin is told; the reason is for the log. */
export function moving(reason: string, cause?: unknown): AppError {
  return new AppError(
    "unavailable",
    "The data of this programme is being moved or updated. Nothing was saved; try again in a few minutes.",
    { cause: new Error(reason, { cause }) },
  );
}

/** The same database, user and settings on another server; a host that is a path is the folder of a socket. */
export function nodeUrl(url: string, { host, port }: NodeAddress): string {
  const changed = new URL(url);
  changed.searchParams.delete("port");
  changed.port = String(port);
  if (host.startsWith("/")) changed.searchParams.set("host", host);
  else {
    // A socket's folder stands there, and would win.
    changed.searchParams.delete("host");
    changed.hostname = host.includes(":") ? `[${host}]` : host;
  }
  return changed.toString();
}
