/** Common table expressions: what they answer, and whether it is rows of clients. */
import type { LintFacts } from "./facts.ts";
import type { Output, Scope } from "./scopes.ts";
import { allOf, as, fieldOf, listOf, namesOf, textOf } from "./tree.ts";
import type { Tree } from "./tree.ts";
import type { Walk } from "./walk.ts";

/** Notes the common table expressions of a statement, in their order: each may name those before it. */
export function declareCtes(walk: Walk, statement: Tree, scope: Scope): void {
  for (const one of listOf(fieldOf(statement, "withClause"), "ctes")) {
    const cte = as("CommonTableExpr", one);
    const [name, query] = [textOf(cte, "ctename"), fieldOf(cte, "ctequery")];
    if (name === null || query === null) continue;
    const readsClients = allOf(query, "RangeVar").some((range) =>
      isOfClients(textOf(range, "relname") ?? "", scope, walk.facts),
    );
    const names = namesOf(cte, "aliascolnames");
    const isRecursive = fieldOf(statement, "withClause")?.["recursive"] === true;
    // A recursive one names itself, with the columns of its first part.
    if (isRecursive)
      scope.ctes.set(name, {
        outputs: firstPart(walk, query, scope, names),
        isDelete: false,
        isOfClients: readsClients,
      });
    const outputs = walk.statement(query, scope).map((output, index) => ({
      ...output,
      name: names[index] ?? output.name,
    }));
    const isWriteOfClients = ["InsertStmt", "UpdateStmt", "DeleteStmt"].some((write) =>
      isOfClients(textOf(fieldOf(as(write, query), "relation"), "relname") ?? "", scope, walk.facts),
    );
    scope.ctes.set(name, { outputs, isDelete: "DeleteStmt" in query, isOfClients: readsClients || isWriteOfClients });
  }
}

function firstPart(walk: Walk, query: Tree, scope: Scope, names: readonly string[]): Output[] {
  const first = fieldOf(as("SelectStmt", query), "larg");
  if (first === null) return [];
  return walk
    .statement({ SelectStmt: first }, scope)
    .map((output, index) => ({ ...output, name: names[index] ?? output.name }));
}

function isOfClients(name: string, scope: Scope, facts: LintFacts): boolean {
  return scope.cte(name)?.isOfClients ?? (name in facts.tables || facts.views.includes(name));
}

/** Whether rows of clients' tables, or such as were just deleted, are in what an insert selects. */
export function originOf(query: Tree, scope: Scope, facts: LintFacts): { isOfClients: boolean; isDeleted: boolean } {
  const names = allOf({ SelectStmt: query }, "RangeVar").map((range) => textOf(range, "relname") ?? "");
  const ctes = names.map((name) => scope.cte(name));
  return {
    isOfClients: names.some(
      (name, index) => (ctes[index]?.isOfClients ?? false) || name in facts.tables || facts.views.includes(name),
    ),
    isDeleted: ctes.some((cte) => cte?.isDelete === true),
  };
}
