/**
 * A home is a schema on the node that has a part of every distributed table: there the parts have the plain names of the tables, and
 * functions and triggers of that schema see them. Who works with it in the search path works on tables like any others.
 */

/** Where one group of parts lies, that of the clients whose ids have neighbouring hashes. */
export interface Part {
  /** of the schema */
  home: string;
  node: Node;
  /** distributed tables: the plain name and that of the part */
  tables: readonly PartTable[];
}

export interface Node {
  /** Citus' number; 0 is the coordinator */
  group: number;
  host: string;
  port: number;
}

export interface PartTable {
  name: string;
  /** with its schema, quoted where it must be */
  part: string;
}

/** What the coordinator's catalogue says about the schema `public`. */
export interface Blueprint {
  /** what columns of distributed tables are given where nothing is said, and a part does not know: the next number of a sequence */
  defaults: readonly { table: string; column: string; sequence: string; expression: string }[];
  /** `options` as `create view` takes them, such as security_invoker=true */
  views: readonly { name: string; text: string; options: string }[];
  /** `create function` with its body */
  functions: readonly { signature: string; definition: string }[];
  /** what others than the owner may do; `on` is a name with columns, or a function with its arguments */
  grants: readonly Grant[];
  /** a copy of each stands on every node */
  copies: readonly PartTable[];
}

export interface Grant {
  kind: "table" | "function";
  privilege: string;
  on: string;
  /** empty: on all */
  columns: readonly string[];
  to: string;
}

/** A trigger as it stands on a node. */
export interface PlacedTrigger {
  /** of the part or copy, with its schema */
  table: string;
  name: string;
  /** `create trigger`, everything in it with its schema */
  definition: string;
  /** schema and name of its function */
  functionSchema: string;
  functionName: string;
}
