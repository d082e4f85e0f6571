/** The catalogue's facts, and what is decided over them. */

/** What a foreign key does to the rows that reference, in PostgreSQL's words. */
export type KeyAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

export interface TableFact {
  name: string;
  /** type of the distribution column, null where there is none */
  columnType: string | null;
  isColumnNullable: boolean;
  /** what the cluster has made of it already */
  standing: { as: "reference" } | { as: "distributed"; column: string; group: number } | { as: "other" } | null;
}

/** A primary key, a unique key or index, or an exclusion constraint. */
export interface KeyFact {
  table: string;
  name: string;
  columns: readonly string[];
}

export interface ForeignKeyFact {
  table: string;
  name: string;
  columns: readonly string[];
  references: string;
  referencedColumns: readonly string[];
  onDelete: KeyAction;
  onUpdate: KeyAction;
}

export interface PolicyFact {
  table: string;
  name: string;
  hasSubquery: boolean;
}

export interface TriggerFact {
  table: string;
  name: string;
  isOfExtension: boolean;
}

export interface Facts {
  database: string;
  user: string;
  /** null: the extension is not there */
  citus: string | null;
  isTableOwner: boolean;
  isDatabaseOwner: boolean;
  isCoordinator: boolean;
  pendingMigrations: readonly string[];
  tables: readonly TableFact[];
  keys: readonly KeyFact[];
  foreignKeys: readonly ForeignKeyFact[];
  policies: readonly PolicyFact[];
  triggers: readonly TriggerFact[];
  /** schemas beside `public` that hold tables of this user, all of which stay local */
  otherSchemas: readonly string[];
}

export type Place = "reference" | "distributed";

export interface Step {
  table: string;
  place: Place;
  /** it stands already as it should */
  isDone: boolean;
}

export interface Plan {
  /** in the order of foreign keys: what is referenced comes first */
  steps: readonly Step[];
  /** what stays on the coordinator, and why */
  local: readonly { name: string; why: string }[];
  /** sentences; with one of them nothing is begun */
  obstacles: readonly string[];
}
