/** The statements in the bodies of the database's own functions and views. */
import type pg from "pg";
import type { LintFacts } from "./facts.ts";
import { parseFunction, parseStatements } from "./parser.ts";
import { violationsOf } from "./rules.ts";
import type { Rule } from "./rules.ts";
import { fieldOf, textOf, visit } from "./tree.ts";
import type { Tree } from "./tree.ts";

interface Body {
  name: string;
  language: "sql" | "plpgsql" | "view";
  definition: string;
  body: string | null;
  /** names of the transition tables with which triggers call it */
  transitions: string[];
  /** it is read like a table, by whoever says of which client */
  isRelation: boolean;
}

export interface BodyViolation {
  name: string;
  rule: Rule;
  what: string;
}

/** Judges every function and view of the schema `public` that is no extension's, by name. */
export async function bodyViolations(client: pg.ClientBase, facts: LintFacts): Promise<BodyViolation[]> {
  const found: BodyViolation[] = [];
  for (const body of await listBodies(client)) {
    for (const statement of await statementsOf(body)) {
      const violations = violationsOf(statement, facts, body);
      found.push(...violations.map(({ rule, what }) => ({ name: body.name, rule, what })));
    }
  }
  const distinct = new Map(found.map((one) => [`${one.name} ${one.rule} ${one.what}`, one]));
  return [...distinct.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

async function listBodies(client: pg.ClientBase): Promise<Body[]> {
  const { rows } = await client.query<Body>(`
    select p.proname as name, l.lanname as language, pg_get_functiondef(p.oid) as definition, p.prosrc as body,
      array(select distinct n.name::text from pg_trigger t cross join unnest(array[t.tgnewtable, t.tgoldtable]) n (name)
        where t.tgfoid = p.oid and n.name is not null) as transitions,
      p.proretset and not p.prosecdef as "isRelation"
    from pg_proc p join pg_language l on l.oid = p.prolang
    where p.pronamespace = 'public'::regnamespace and p.prosqlbody is null and l.lanname in ('sql', 'plpgsql')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all
    select c.relname, 'view', pg_get_viewdef(c.oid), null, '{}', true from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
    order by 1`);
  return rows;
}

async function statementsOf({ language, definition, body }: Body): Promise<Tree[]> {
  if (language === "view") return parseStatements(definition);
  if (language === "sql") return parseStatements(body ?? "");
  const trees: Tree[] = [];
  for (const text of expressionsOf(await parseFunction(definition))) trees.push(...(await parsed(text)));
  return trees;
}

/** Texts of a parsed plpgsql body: queries as they are, expressions as what a select would answer; `execute` of a literal is its text. */
function expressionsOf(parsedBody: Tree): string[] {
  const texts: string[] = [];
  visit(parsedBody, (kind, inner) => {
    const text = kind === "PLpgSQL_expr" ? textOf(inner, "query") : null;
    if (text !== null)
      texts.push(/^\s*(?:select|insert|update|delete|with|merge)\b/i.test(text) ? text : `select ${text}`);
    return true;
  });
  return texts;
}

/** What is executed as a text is judged as a statement too. */
async function parsed(text: string): Promise<Tree[]> {
  const trees = await parseStatements(assignmentOf(text));
  const literals: string[] = [];
  visit(trees, (kind, inner) => {
    const value = kind === "A_Const" ? textOf(fieldOf(inner, "sval"), "sval") : null;
    if (value !== null && /^\s*(?:select|insert|update|delete|with)\s/i.test(value)) literals.push(value);
    return true;
  });
  for (const literal of literals) trees.push(...(await parseStatements(literal)));
  return trees;
}

/** `select a := b` and `select a = b` are what plpgsql keeps of an assignment. */
function assignmentOf(text: string): string {
  return text.replace(/^select\s+[a-z_.]+\s*:=\s*/i, "select ");
}
