/** What expressions are equal to the client, and so which columns a query answers. */
import type { Link, Links, Output, Scope } from "./scopes.ts";
import { VALUE } from "./scopes.ts";
import type { Tree } from "./tree.ts";
import { allOf, as, columnOf, fieldOf, functionName, listOf, textOf } from "./tree.ts";

/** Link of an expression: of a column, or the value of anything without columns. */
export function linkOf(expression: Tree | null, scope: Scope): Link | null {
  if (expression === null) return null;
  const cast = as("TypeCast", expression);
  if (cast !== null) return linkOf(fieldOf(cast, "arg"), scope);
  const column = as("ColumnRef", expression);
  if (column !== null) return linkOfColumn(column, scope);
  // Some of several clients are not one.
  if (as("A_ArrayExpr", expression) !== null) return null;
  const columns = allOf(expression, "ColumnRef");
  if (columns.some((one) => linkOfColumn(one, scope) !== VALUE)) return null;
  return VALUE;
}

function linkOfColumn(column: Tree, scope: Scope): Link | null {
  const link = scope.resolve(column);
  if (link !== undefined) return link;
  const parts = columnOf(column);
  const isVariable = parts.length === 1 ? /^[pv]_/.test(parts[0]!) : /^(?:new|old)$/.test(parts[0]!);
  return isVariable ? VALUE : null;
}

/** The columns that a list of targets answers. */
export function outputsOf(targets: readonly Tree[], scope: Scope): Output[] {
  return targets.flatMap((target) => {
    const item = as("ResTarget", target);
    const value = fieldOf(item, "val");
    const column = as("ColumnRef", value);
    const parts = column === null ? [] : columnOf(column);
    if (parts.at(-1) === "*") return starOf(parts.at(-2) ?? null, scope);
    const called = as("FuncCall", value);
    const name = textOf(item, "name") ?? parts.at(-1) ?? (called === null ? "" : functionName(called));
    return [{ name, link: linkOf(value, scope) }];
  });
}

function starOf(alias: string | null, scope: Scope): Output[] {
  const sources = scope.sources.filter((source) => alias === null || source.alias === alias);
  return sources.flatMap((source) => [...(source.outputs ?? [])]);
}
/** Joins what two rows have in the same places. */
export function joinEqual(links: Links, left: readonly Tree[], right: readonly Tree[], scope: Scope): void {
  for (const [index, part] of left.entries()) {
    const [own, other] = [linkOf(part, scope), linkOf(right[index] ?? null, scope)];
    if (own !== null && other !== null) links.join(own, other);
  }
}

/** A row compared with a row is its parts compared. */
export function partsOf(expression: Tree | null): Tree[] {
  const row = as("RowExpr", expression);
  if (row !== null) return listOf(row, "args");
  return expression === null ? [] : [expression];
}
