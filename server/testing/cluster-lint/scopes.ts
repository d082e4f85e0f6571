/**
 * Which tables of a statement are held to one client: every comparison of a `client_id` joins two of them, or one with a value,
 * and in the end each must hang together with a value.
 */
import type { LintFacts } from "./facts.ts";
import { columnOf, type Tree } from "./tree.ts";

/** Something equal to the client: a table's client_id, or what is derived from it. */
export type Link = number;
/** The client that the statement is for: a parameter, a literal, a setting, a variable. */
export const VALUE: Link = 0;

export interface Output {
  name: string;
  link: Link | null;
}

/** A table, view, subquery, CTE or function under the name that it has in a `from`. */
export interface Source {
  alias: string;
  /** link of a column; null: it is no client; undefined: there is no such column */
  column: (name: string) => Link | null | undefined;
  outputs: readonly Output[] | null;
  /** of the tables themselves: its name, for the report */
  table: string | null;
}

/** Links that are equal hang together. */
export class Links {
  readonly #parents: number[] = [VALUE];

  fresh(): Link {
    return this.#parents.push(this.#parents.length) - 1;
  }

  join(a: Link, b: Link): void {
    const [from, to] = [this.#root(a), this.#root(b)];
    if (from !== to) this.#parents[Math.max(from, to)] = Math.min(from, to);
  }

  isHeld(link: Link): boolean {
    return this.#root(link) === VALUE;
  }

  #root(link: Link): number {
    let at = link;
    while (this.#parents[at] !== at) at = this.#parents[at]!;
    return at;
  }
}

/** What names mean in one query and those around it. */
export class Scope {
  readonly sources: Source[] = [];
  readonly ctes = new Map<string, Cte>();
  readonly parent: Scope | null;

  constructor(parent: Scope | null) {
    this.parent = parent;
  }

  cte(name: string): Cte | null {
    return this.ctes.get(name) ?? this.parent?.cte(name) ?? null;
  }

  /** Link of a column reference; null: a column that is no client; undefined: none of the tables has it, so it is a variable. */
  resolve(reference: Tree): Link | null | undefined {
    const parts = columnOf(reference);
    const [name, alias] = [parts.at(-1)!, parts.at(-2) ?? null];
    const near = this.sources.filter((source) => alias === null || source.alias === alias);
    for (const source of near) {
      const link = source.column(name);
      if (link !== undefined) return link;
    }
    if (alias !== null && near.length > 0) return null;
    return this.parent?.resolve(reference);
  }
}

export interface Cte {
  outputs: readonly Output[];
  isDelete: boolean;
  /** whether rows of clients' tables are in it */
  isOfClients: boolean;
}

/** The source that a table's name stands for. */
export function tableSource(name: string, alias: string, facts: LintFacts, links: Links): Source {
  const isOfClients = name in facts.tables || facts.views.includes(name);
  if (!isOfClients && name !== "clients" && name !== "memberships") {
    return { alias, column: () => undefined, outputs: null, table: null };
  }
  const link = links.fresh();
  const key = name === "clients" ? "id" : "client_id";
  return {
    alias,
    // Of columns that are not the client all that matters is that nothing else is meant by them; which there are is not known here.
    column: (column) => (column === key ? link : undefined),
    outputs: [{ name: key, link }],
    table: isOfClients ? name : null,
  };
}

/** A trigger's transition table: rows of the statement, each with its client. */
export function transitionSource(alias: string, links: Links): Source {
  const link = links.fresh();
  links.join(link, VALUE);
  return {
    alias,
    column: (name) => (name === "client_id" ? link : undefined),
    outputs: [{ name: "client_id", link }],
    table: null,
  };
}

/** A subquery, CTE or function under an alias, whose columns the alias may rename. */
export function derivedSource(alias: string, outputs: readonly Output[], names: readonly string[] = []): Source {
  const renamed = outputs.map((output, index) => ({ ...output, name: names[index] ?? output.name }));
  return {
    alias,
    column: (name) => renamed.find((output) => output.name === name)?.link,
    outputs: renamed,
    table: null,
  };
}
