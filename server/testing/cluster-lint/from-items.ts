/** What stands in a `from`: tables, subqueries, functions and their joins. */
import { derivedSource, tableSource, transitionSource } from "./scopes.ts";
import type { Links, Scope, Source } from "./scopes.ts";
import { as, fieldOf, namesOf, textOf } from "./tree.ts";
import type { Tree } from "./tree.ts";
import type { Walk } from "./walk.ts";

/** Adds the tables of a `from` to its scope, and notes what its joins compare. */
export function addItems(walk: Walk, items: readonly Tree[], scope: Scope): void {
  for (const item of items) addItem(walk, item, scope);
}

function addItem(walk: Walk, item: Tree, scope: Scope): void {
  const join = as("JoinExpr", item);
  if (join !== null) {
    const before = scope.sources.length;
    addItems(walk, [fieldOf(join, "larg")!, fieldOf(join, "rarg")!], scope);
    walk.conditions(fieldOf(join, "quals"), scope);
    if (namesOf(join, "usingClause").includes("client_id")) joinAll(walk.links, scope.sources.slice(before));
    return;
  }
  const range = as("RangeVar", item);
  if (range !== null) scope.sources.push(rangeSource(walk, range, scope));
  const sub = as("RangeSubselect", item);
  const query = fieldOf(sub, "subquery");
  if (sub !== null && query !== null) {
    const outputs = walk.statement(query, scope);
    scope.sources.push(derivedSource(aliasOf(sub) ?? "", outputs, namesOf(fieldOf(sub, "alias"), "colnames")));
  }
  const called = as("RangeFunction", item);
  if (called !== null) scope.sources.push(calledSource(walk, called, scope));
}

function joinAll(links: Links, sources: readonly Source[]): void {
  const own = sources.flatMap((source) => source.column("client_id") ?? []);
  for (const link of own) links.join(link, own[0]!);
}

function rangeSource(walk: Walk, range: Tree, scope: Scope): Source {
  const name = textOf(range, "relname") ?? "";
  const alias = aliasOf(range) ?? name;
  const cte = textOf(range, "schemaname") === null ? scope.cte(name) : null;
  if (cte !== null) return derivedSource(alias, cte.outputs, namesOf(fieldOf(range, "alias"), "colnames"));
  if (walk.transitions.includes(name)) return transitionSource(alias, walk.links);
  return tableSource(name, alias, walk.facts, walk.links);
}

/** Rows of a function: its client_id, if it has one, is some client until it is compared. */
function calledSource(walk: Walk, called: Tree, scope: Scope): Source {
  walk.expressions(called, scope, ["alias"]);
  const link = walk.links.fresh();
  return {
    alias: aliasOf(called) ?? "",
    column: (name) => (name === "client_id" ? link : undefined),
    outputs: [{ name: "client_id", link }],
    table: null,
  };
}

function aliasOf(tree: Tree): string | null {
  return textOf(fieldOf(tree, "alias"), "aliasname");
}
