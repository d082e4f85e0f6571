/** The parse tree of libpg-query as plain objects: `{ SelectStmt: { fromClause: [{ RangeVar: … }] } }`. */

export type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** A field that is a tree; null where it is not there. */
export function fieldOf(tree: Tree | null, name: string): Tree | null {
  const value = tree?.[name];
  return isTree(value) ? value : null;
}

export function listOf(tree: Tree | null, name: string): Tree[] {
  const value = tree?.[name];
  return Array.isArray(value) ? value.filter(isTree) : [];
}

export function textOf(tree: Tree | null, name: string): string | null {
  const value = tree?.[name];
  return typeof value === "string" ? value : null;
}

/** What is in a wrapper of this kind: `{ ColumnRef: inner }` answers inner, anything else null. */
export function as(kind: string, tree: Tree | null): Tree | null {
  return fieldOf(tree, kind);
}

/** The names of a list of strings: of a column, of a function, of an operator. */
export function namesOf(tree: Tree | null, list: string): string[] {
  return listOf(tree, list).flatMap((one) => {
    const name = textOf(as("String", one), "sval");
    return name === null ? [] : [name];
  });
}

/** Parts of a column reference; a star is "*". */
export function columnOf(reference: Tree): string[] {
  return listOf(reference, "fields").map((field) => textOf(as("String", field), "sval") ?? "*");
}

/** The last name of a called function, without its schema. */
export function functionName(call: Tree): string {
  return namesOf(call, "funcname").at(-1) ?? "";
}

/**
 * Visits every wrapper below, the tree's own included; a visitor that answers false keeps out of what is inside.
 */
export function visit(value: unknown, visitor: (kind: string, inner: Tree) => boolean): void {
  if (Array.isArray(value)) {
    for (const one of value) visit(one, visitor);
    return;
  }
  if (!isTree(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (/^[A-Z]/.test(key) && isTree(inner)) {
      if (visitor(key, inner)) visit(inner, visitor);
    } else visit(inner, visitor);
  }
}

/** All nodes of a kind below, subqueries included. */
export function allOf(value: unknown, kind: string): Tree[] {
  const found: Tree[] = [];
  visit(value, (name, inner) => {
    if (name === kind) found.push(inner);
    return true;
  });
  return found;
}

/** Conditions that must all hold: `a and (b and c)` as three. */
export function conjunctsOf(condition: Tree | null): Tree[] {
  if (condition === null) return [];
  const bool = as("BoolExpr", condition);
  if (bool === null || textOf(bool, "boolop") !== "AND_EXPR") return [condition];
  return listOf(bool, "args").flatMap((one) => conjunctsOf(one));
}
