/** What goes through a statement is to those that look at its parts: a CTE or an item of `from` holds queries of its own. */
import type { LintFacts } from "./facts.ts";
import type { Links, Output, Scope } from "./scopes.ts";
import type { Tree } from "./tree.ts";

export interface Walk {
  readonly facts: LintFacts;
  /** names of the transition tables that there are */
  readonly transitions: readonly string[];
  readonly links: Links;
  /** Any statement, or a query in one; answers the columns that it has. */
  statement(tree: Tree, outer: Scope): Output[];
  /** Comparisons that must hold. */
  conditions(condition: Tree | null, scope: Scope): void;
  /** Subqueries in the expressions of a query, wherever they stand but in the parts that are excepted. */
  expressions(tree: Tree, scope: Scope, except: readonly string[]): void;
}
