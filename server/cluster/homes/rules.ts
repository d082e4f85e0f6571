/** The statements that make a home, decided over facts. */
import type { Blueprint, Grant, Part, PartTable, PlacedTrigger } from "./schema.ts";

/** The function by which a client's part is known: its hash falls into exactly one part of every table. */
const PART_OF_CLIENT = "pg_catalog.get_shard_id_for_distribution_column('public.users', new.id)";

/** The part whose number gives a home its name. */
export const ANCHOR = "users";

export function homeName(part: number): string {
  return `home_${part}`;
}

/**
 * Makes the home of a part whose node has none under that name. `triggers` are those of the part's tables, and of the copies with
 * functions that look at clients' tables.
 */
export function makeHome(part: Part, blueprint: Blueprint, triggers: readonly PlacedTrigger[]): string[] {
  const { home } = part;
  const others = [...new Set(blueprint.grants.map(({ to }) => to))].filter((to) => to !== "public");
  const copied = new Set(blueprint.copies.map((copy) => copy.part));
  return [
    `create schema ${home}`,
    ...(others.length === 0 ? [] : [`grant usage on schema ${home} to ${others.join(", ")}`]),
    ...blueprint.defaults.flatMap(({ table, sequence }) =>
      writersOf(table, blueprint).map((writer) => `grant usage on sequence ${sequence} to ${writer}`),
    ),
    `set local search_path = ${home}, public`,
    // A function may call one that is made later.
    "set local check_function_bodies = off",
    ...part.tables.map((table) => view(home, table)),
    ...blueprint.copies.flatMap((copy) => [view(home, copy), refuseWrites(home, copy)]),
    ...blueprint.defaults.map(
      ({ table, column, expression }) => `alter view ${home}.${table} alter column ${column} set default ${expression}`,
    ),
    ...blueprint.functions.map(({ definition }) => functionOf(home, definition)),
    ...blueprint.functions.map(({ signature }) => `revoke execute on function ${home}.${signature} from public`),
    ...blueprint.views.map(
      ({ name, text, options }) =>
        `create view ${home}.${name}${options === "" ? "" : ` with (${options})`} as ${text}`,
    ),
    ...blueprint.grants.map((grant) => grantIn(home, grant)),
    ...triggers.map((trigger) =>
      copied.has(trigger.table) ? triggerOfCopy(home, trigger) : withFunctionOf(home, trigger),
    ),
  ];
}

/** Takes a home away: triggers call the functions of `public` again. */
export function dropHome(home: string, triggers: readonly PlacedTrigger[]): string[] {
  const ours = triggers.filter(({ functionSchema, name }) => functionSchema === home && !isOfHome(home, name));
  return [...ours.map((trigger) => withFunctionOf("public", trigger)), `drop schema ${home} cascade`];
}

function view(home: string, { name, part }: PartTable): string {
  return `create view ${home}.${name} with (security_invoker = true) as select * from ${part}`;
}

/** Who may insert into a table; where a column is numbered, the view takes the number as who inserts. */
function writersOf(table: string, { grants }: Blueprint): string[] {
  return grants
    .filter(({ kind, on, privilege }) => kind === "table" && on === table && privilege === "INSERT")
    .map(({ to }) => to);
}

/** A copy that one node writes to is none any more: Citus writes to all of them, under the name in `public`. */
function refuseWrites(home: string, { name }: PartTable): string {
  return `create trigger stands_on_every_node instead of insert or update or delete on ${home}.${name}
    for each row execute function public.refuse_change('every node has a copy of ${name}: write to public.${name}')`;
}

/** The function's text with the home before `public`, where it is made and where it looks for what it names. */
function functionOf(home: string, definition: string): string {
  const made = changed(definition, /^CREATE OR REPLACE FUNCTION public\./, `CREATE FUNCTION ${home}.`);
  // One that is nobody's in particular is found without a path.
  if (!/^ SET search_path TO .*'public'/m.test(made)) return made;
  return changed(made, /^( SET search_path TO 'pg_catalog', )'public'/m, `$1'${home}', 'public'`);
}

/** The text with one part replaced, which must be there: what is written otherwise than expected would stay with `public`, unseen. */
function changed(text: string, part: RegExp, by: string): string {
  if (!part.test(text)) throw new Error(`this does not read as expected, so no home can be made with it: ${text}`);
  return text.replace(part, by);
}

function grantIn(home: string, { kind, privilege, on, columns, to }: Grant): string {
  const what = columns.length === 0 ? privilege : `${privilege} (${columns.join(", ")})`;
  return `grant ${what} on ${kind === "function" ? "function " : ""}${home}.${on} to ${to}`;
}

function withFunctionOf(schema: string, { definition }: PlacedTrigger): string {
  const made = changed(definition, /^CREATE TRIGGER/, "CREATE OR REPLACE TRIGGER");
  return changed(made, / EXECUTE FUNCTION \w+\.(?=\w+\([^]*\)$)/, ` EXECUTE FUNCTION ${schema}.`);
}

/** One that looks at a row of `clients` as it is written: the client is `new.id`. */
const ROW_OF_CLIENT =
  /^CREATE TRIGGER \w+ (?:BEFORE|AFTER) (?:INSERT|UPDATE)(?: OF [\w, ]+)? ON public\.clients_\d+ .*FOR EACH ROW /;

/** On a copy, which every node has, only the home of the client concerned is to do what the trigger does. */
function triggerOfCopy(home: string, trigger: PlacedTrigger): string {
  const condition = `(${PART_OF_CLIENT} = ${home.replace("home_", "")})`;
  const ofHome = changed(trigger.definition, ROW_OF_CLIENT, "$&").replace(
    `CREATE TRIGGER ${trigger.name} `,
    `CREATE TRIGGER ${nameOfHome(home, trigger.name)} `,
  );
  const made = changed(ofHome, / EXECUTE FUNCTION \w+\./, ` EXECUTE FUNCTION ${home}.`);
  return / WHEN \(/.test(made)
    ? changed(made, / WHEN \((.*)\) EXECUTE FUNCTION/, ` WHEN (${condition} AND ($1)) EXECUTE FUNCTION`)
    : changed(made, / EXECUTE FUNCTION/, ` WHEN ${condition} EXECUTE FUNCTION`);
}

function nameOfHome(home: string, trigger: string): string {
  return `${home}_${trigger}`;
}

function isOfHome(home: string, trigger: string): boolean {
  return trigger.startsWith(`${home}_`);
}
