/** What a statement must not do where tables are distributed by client. Found by trying it on Citus 13.2, and in its source. */
import type { LintFacts } from "./facts.ts";
import type { Held, Level, Place } from "./holding.ts";
import { holdingOf } from "./holding.ts";
import { VALUE } from "./scopes.ts";
import type { Tree } from "./tree.ts";
import { allOf, as, fieldOf, functionName, listOf, textOf } from "./tree.ts";

export const RULES = {
  across_clients: "reads or writes a table without holding it to one client, so that every node is asked",
  constant_client: "insert-select of a given client instead of the client_id it has joined: pulled to the coordinator",
  volatile_insert:
    "insert-select with a volatile function, or with a column that a volatile default fills: pulled to the coordinator",
  subquery_in_values: "insert of values with a subquery among them: refused",
  volatile_write: "update or delete with a volatile function: refused",
  lock_across_clients: "for update or share without a filter on the client: refused",
  grouping_sets: "grouping sets across clients: refused",
  deleted_inserted: "insert from rows that the same statement deletes: pulled to the coordinator",
  client_by_set_config: "set_config of app.client_id: not handed on to the nodes",
  asked_on_a_node:
    "a function that asks clients' tables, called where rows of such a table are read: refused on a node",
  transition_join: "a trigger's transition table joined with a distributed table: fails on a node",
} as const;
export type Rule = keyof typeof RULES;

export interface Violation {
  rule: Rule;
  /** the tables, columns or functions at fault */
  what: string;
}

/** Judges one parsed statement. */
export function violationsOf(statement: Tree, facts: LintFacts, place: Place = {}): Violation[] {
  const held = holdingOf(statement, facts, place);
  const found = [
    ...held.levels.flatMap((level) => [
      ...acrossClients(level, held),
      ...inserts(level, facts),
      ...volatileWrites(level, facts),
      ...askedOnNodes(level, facts),
      ...transitionJoins(level, facts, place.transitions ?? []),
    ]),
    ...settings(statement),
  ];
  return [...new Map(found.map((one) => [`${one.rule} ${one.what}`, one])).values()];
}

function acrossClients({ tree, sources, kind }: Level, { links }: Held): Violation[] {
  const loose = sources.flatMap(({ table, column }) => {
    const link = column("client_id");
    return table !== null && typeof link === "number" && !links.isHeld(link) ? [table] : [];
  });
  // Rows that an insert brings are held by where they come from, which is judged there.
  if (loose.length === 0 || kind === "insert") return [];
  const what = [...new Set(loose)].toSorted().join(", ");
  const found: Violation[] = [{ rule: "across_clients", what }];
  if (listOf(tree, "lockingClause").length > 0) found.push({ rule: "lock_across_clients", what });
  if (listOf(tree, "groupClause").some((group) => as("GroupingSet", group) !== null)) {
    found.push({ rule: "grouping_sets", what });
  }
  return found;
}

function inserts(level: Level, facts: LintFacts): Violation[] {
  const table = textOf(fieldOf(level.tree, "relation"), "relname") ?? "";
  const isOfClients = Object.hasOwn(facts.tables, table);
  if (level.kind !== "insert" || !isOfClients) return [];
  if (level.insertedClient === undefined) {
    const hasSubquery = allOf(level.tree["selectStmt"], "SubLink").length > 0;
    return hasSubquery ? [{ rule: "subquery_in_values", what: table }] : [];
  }
  const found: Violation[] = [];
  if (level.readsDeleted === true) found.push({ rule: "deleted_inserted", what: table });
  if (level.readsClients !== true) return found;
  if (level.insertedClient === null || level.insertedClient === VALUE)
    found.push({ rule: "constant_client", what: table });
  const named = listOf(level.tree, "cols").map((column) => textOf(as("ResTarget", column), "name"));
  const filled = (facts.tables[table] ?? []).filter((column) => !named.includes(column));
  const called = volatileIn(level.tree["selectStmt"], facts);
  const what = [...filled.map((column) => `${table}.${column}`), ...called.map((name) => `${name}()`)];
  if (what.length > 0) found.push({ rule: "volatile_insert", what: what.join(", ") });
  return found;
}

function volatileWrites({ kind, tree }: Level, facts: LintFacts): Violation[] {
  const table = textOf(fieldOf(tree, "relation"), "relname") ?? "";
  if ((kind !== "update" && kind !== "delete") || !Object.hasOwn(facts.tables, table)) return [];
  const called = volatileIn([tree["targetList"], tree["whereClause"], tree["returningClause"]], facts);
  return called.map((name) => ({ rule: "volatile_write", what: `${table}: ${name}()` }));
}

function volatileIn(tree: unknown, facts: LintFacts): string[] {
  const names = allOf(tree, "FuncCall").map(functionName);
  return [...new Set(names.filter((name) => facts.volatile.includes(name)))];
}

function askedOnNodes({ tree, sources }: Level, facts: LintFacts): Violation[] {
  if (sources.every(({ table }) => table === null)) return [];
  const called = allOf(tree, "FuncCall").map(functionName);
  const asking = [...new Set(called.filter((name) => facts.asking.includes(name)))];
  return asking.map((name) => ({ rule: "asked_on_a_node", what: `${name}()` }));
}

function transitionJoins({ tree, kind }: Level, facts: LintFacts, transitions: readonly string[]): Violation[] {
  if (transitions.length === 0 || kind !== "select") return [];
  const names = allOf([tree["fromClause"], tree["whereClause"]], "RangeVar").map(
    (range) => textOf(range, "relname") ?? "",
  );
  const joined = names.filter((name) => Object.hasOwn(facts.tables, name) || facts.views.includes(name));
  if (!names.some((name) => transitions.includes(name)) || joined.length === 0) return [];
  return [{ rule: "transition_join", what: [...new Set(joined)].toSorted().join(", ") }];
}

function settings(statement: Tree): Violation[] {
  const isOfClient = (call: Tree) => {
    const [name] = listOf(call, "args");
    return functionName(call) === "set_config" && JSON.stringify(name ?? null).includes('"app.client_id"');
  };
  const calls = allOf(statement, "FuncCall").filter(isOfClient);
  const sets = allOf(statement, "VariableSetStmt").filter(
    (set) => textOf(set, "name") === "app.client_id" && set["is_local"] !== true,
  );
  return [...calls, ...sets].slice(0, 1).map(() => ({ rule: "client_by_set_config", what: "app.client_id" }));
}
