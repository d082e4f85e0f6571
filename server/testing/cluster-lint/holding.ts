/** Goes through one statement and notes what its tables are held by, for the rules to judge. */
import { joinEqual, linkOf, outputsOf, partsOf } from "./comparing.ts";
import { declareCtes, originOf } from "./ctes.ts";
import type { LintFacts } from "./facts.ts";
import { addItems } from "./from-items.ts";
import { Links, Scope, tableSource, VALUE } from "./scopes.ts";
import type { Link, Output, Source } from "./scopes.ts";
import { as, conjunctsOf, fieldOf, listOf, namesOf, textOf, visit } from "./tree.ts";
import type { Tree } from "./tree.ts";
import type { Walk } from "./walk.ts";

/** One query or write within the statement, with the tables of its own `from`. */
export interface Level {
  kind: "select" | "insert" | "update" | "delete";
  tree: Tree;
  sources: readonly Source[];
  /** `insert … select`: what becomes of the target's client_id, null: an expression; undefined: it is no such insert */
  insertedClient?: Link | null | undefined;
  /** the insert reads rows of clients' tables, so that a client_id to select is there */
  readsClients?: boolean;
  readsDeleted?: boolean;
}

export interface Held {
  levels: readonly Level[];
  links: Links;
}

/** Where a statement stands. */
export interface Place {
  /** names of the transition tables that there are */
  transitions?: readonly string[];
  /** it is a view or the like: whoever reads it holds its client_id */
  isRelation?: boolean;
}

/** Notes what each table of a parsed statement is held by. */
export function holdingOf(statement: Tree, facts: LintFacts, { transitions = [], isRelation = false }: Place): Held {
  const walk = new StatementWalk(facts, transitions);
  const outputs = walk.statement(statement, new Scope(null));
  for (const { name, link } of outputs)
    if (isRelation && name === "client_id" && link !== null) walk.links.join(link, VALUE);
  return { levels: walk.levels, links: walk.links };
}

class StatementWalk implements Walk {
  readonly links = new Links();
  readonly levels: Level[] = [];
  readonly facts: LintFacts;
  readonly transitions: readonly string[];

  constructor(facts: LintFacts, transitions: readonly string[]) {
    this.facts = facts;
    this.transitions = transitions;
  }

  /** Any statement, or a query in one; answers the columns that it has. */
  statement(tree: Tree, outer: Scope): Output[] {
    const select = as("SelectStmt", tree);
    if (select !== null) return this.#select(select, outer);
    const insert = as("InsertStmt", tree);
    if (insert !== null) return this.#insert(insert, outer);
    const update = as("UpdateStmt", tree);
    if (update !== null) return this.#write("update", update, "fromClause", outer);
    const remove = as("DeleteStmt", tree);
    if (remove !== null) return this.#write("delete", remove, "usingClause", outer);
    for (const holder of ["DeclareCursorStmt", "ExplainStmt", "CreateTableAsStmt", "ViewStmt"]) {
      const query = fieldOf(as(holder, tree), "query");
      if (query !== null) return this.statement(query, outer);
    }
    return [];
  }

  #select(select: Tree, outer: Scope): Output[] {
    const scope = new Scope(outer);
    declareCtes(this, select, scope);
    const [left, right] = [fieldOf(select, "larg"), fieldOf(select, "rarg")];
    if (left !== null && right !== null) return this.#union(this.#select(left, scope), this.#select(right, scope));
    addItems(this, listOf(select, "fromClause"), scope);
    this.conditions(fieldOf(select, "whereClause"), scope);
    this.expressions(select, scope, ["fromClause", "withClause", "larg", "rarg"]);
    this.levels.push({ kind: "select", tree: select, sources: scope.sources });
    return outputsOf(listOf(select, "targetList"), scope);
  }

  /** A column of a union is the client where it is in both. */
  #union(left: readonly Output[], right: readonly Output[]): Output[] {
    return left.map((output, index) => {
      const other = right[index]?.link ?? null;
      if (output.link === null || other === null) return { ...output, link: null };
      this.links.join(output.link, other);
      return output;
    });
  }

  #insert(insert: Tree, outer: Scope): Output[] {
    const scope = new Scope(outer);
    declareCtes(this, insert, scope);
    const target = this.#target(insert, scope);
    const query = as("SelectStmt", fieldOf(insert, "selectStmt"));
    const level: Level = { kind: "insert", tree: insert, sources: scope.sources };
    const at = listOf(insert, "cols").findIndex((column) => textOf(as("ResTarget", column), "name") === "client_id");
    const own = target.column("client_id");
    if (query !== null && listOf(query, "valuesLists").length > 0) {
      const values = listOf(as("List", listOf(query, "valuesLists")[0]!), "items");
      const link = linkOf(values[at] ?? null, scope);
      if (own !== undefined && own !== null && link !== null) this.links.join(own, link);
      this.expressions(query, scope, []);
    } else if (query !== null) {
      const outputs = this.#select(query, scope);
      const link = outputs[at]?.link ?? null;
      if (own !== undefined && own !== null && link !== null) this.links.join(own, link);
      const origin = originOf(query, scope, this.facts);
      level.insertedClient = link;
      level.readsClients = origin.isOfClients;
      level.readsDeleted = origin.isDeleted;
    }
    this.levels.push(level);
    scope.sources.push({ ...target, alias: "excluded" });
    this.expressions(insert, scope, ["withClause", "selectStmt", "relation"]);
    return outputsOf(returnedBy(insert), scope);
  }

  #write(kind: "update" | "delete", write: Tree, from: string, outer: Scope): Output[] {
    const scope = new Scope(outer);
    declareCtes(this, write, scope);
    this.#target(write, scope);
    addItems(this, listOf(write, from), scope);
    this.conditions(fieldOf(write, "whereClause"), scope);
    this.expressions(write, scope, [from, "withClause", "relation"]);
    this.levels.push({ kind, tree: write, sources: scope.sources });
    return outputsOf(returnedBy(write), scope);
  }

  #target(write: Tree, scope: Scope): Source {
    const relation = fieldOf(write, "relation");
    const name = textOf(relation, "relname") ?? "";
    const source = tableSource(name, textOf(fieldOf(relation, "alias"), "aliasname") ?? name, this.facts, this.links);
    scope.sources.push(source);
    return source;
  }

  /** Comparisons that must hold. */
  conditions(condition: Tree | null, scope: Scope): void {
    for (const one of conjunctsOf(condition)) {
      const compared = as("A_Expr", one);
      if (compared !== null && textOf(compared, "kind") === "AEXPR_OP" && namesOf(compared, "name")[0] === "=") {
        joinEqual(this.links, partsOf(fieldOf(compared, "lexpr")), partsOf(fieldOf(compared, "rexpr")), scope);
      }
      const sub = as("SubLink", one);
      if (sub === null || textOf(sub, "subLinkType") !== "ANY_SUBLINK") continue;
      const outputs = this.#subquery(sub, scope);
      for (const [index, part] of partsOf(fieldOf(sub, "testexpr")).entries()) {
        const [own, other] = [linkOf(part, scope), outputs[index]?.link ?? null];
        if (own !== null && other !== null) this.links.join(own, other);
      }
    }
  }

  readonly #seen = new Map<Tree, Output[]>();

  #subquery(sub: Tree, scope: Scope): Output[] {
    const query = fieldOf(sub, "subselect");
    if (query === null) return [];
    const seen = this.#seen.get(query);
    if (seen !== undefined) return seen;
    const outputs = this.statement(query, scope);
    this.#seen.set(query, outputs);
    return outputs;
  }

  /** Subqueries in the expressions of a query, wherever they stand. */
  expressions(tree: Tree, scope: Scope, except: readonly string[]): void {
    const rest = Object.fromEntries(Object.entries(tree).filter(([key]) => !except.includes(key)));
    visit(rest, (kind, inner) => {
      if (kind !== "SubLink") return true;
      this.#subquery(inner, scope);
      visit(fieldOf(inner, "testexpr"), () => true);
      return false;
    });
    this.#joinConditions(except.includes("fromClause") ? listOf(tree, "fromClause") : [], scope);
  }

  /** Subqueries in the conditions of joins. */
  #joinConditions(items: readonly Tree[], scope: Scope): void {
    for (const item of items) {
      const join = as("JoinExpr", item);
      if (join === null) continue;
      this.expressions({ quals: join["quals"] }, scope, []);
      this.#joinConditions([fieldOf(join, "larg")!, fieldOf(join, "rarg")!], scope);
    }
  }
}

function returnedBy(write: Tree): Tree[] {
  return listOf(fieldOf(write, "returningClause"), "exprs");
}
