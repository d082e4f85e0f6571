/**
 * What stands in the way of a cluster, each in a sentence. What Citus refuses is taken from its source (13.x:
 * create_distributed_table.c, foreign_constraint.c, policy.c, trigger.c).
 */
import { DISTRIBUTION_COLUMN, placeOf, standsAs } from "./place-rules.ts";
import type { Facts, ForeignKeyFact, KeyAction, KeyFact, Place, PolicyFact, TableFact, TriggerFact } from "./schema.ts";

/** Sentences of which one is enough to begin nothing. */
export function obstaclesOf(facts: Facts): string[] {
  const known = placesOf(facts);
  return [
    ...obstaclesOfWhole(facts),
    ...facts.tables.flatMap(obstaclesOfTable),
    ...obstaclesOfGroups(facts),
    ...facts.keys.flatMap((key) => obstaclesOfKey(key, known)),
    ...facts.foreignKeys.flatMap((key) => obstaclesOfForeignKey(key, known)),
    ...facts.policies.flatMap((policy) => obstaclesOfPolicy(policy, known)),
    ...facts.triggers.flatMap((trigger) => obstaclesOfTrigger(trigger, known)),
  ];
}

type Places = ReadonlyMap<string, Place | "local" | null>;

function placesOf({ tables }: Facts): Places {
  return new Map(tables.map((table) => [table.name, placeOf(table)]));
}

function obstaclesOfWhole(facts: Facts): string[] {
  if (facts.citus === null) {
    return [
      `The database ${facts.database} has no Citus extension: put citus into shared_preload_libraries, as an administrator run \`create extension citus\`, and run this again.`,
    ];
  }
  const found: string[] = [];
  if (facts.tables.length === 0) found.push(`The database ${facts.database} is not migrated: run db:migrate first.`);
  else if (facts.pendingMigrations.length > 0) {
    found.push(`Migrations are pending: ${facts.pendingMigrations.join(", ")}. Run db:migrate first.`);
  }
  if (!facts.isCoordinator) {
    found.push("This node is a worker of the cluster: DATABASE_URL must name the coordinator.");
  }
  if (!facts.isTableOwner) {
    found.push(`${facts.user} does not own the tables, so it may not distribute them: connect as their owner.`);
  }
  if (!facts.isDatabaseOwner) {
    found.push(
      `${facts.user} does not own the database ${facts.database}, so it may not make settings for it: as an administrator run \`alter database ${facts.database} owner to ${facts.user}\`.`,
    );
  }
  return found;
}

function obstaclesOfTable(table: TableFact): string[] {
  const place = placeOf(table);
  const { name, standing } = table;
  if (place === null) {
    return [
      `The table ${name} has no ${DISTRIBUTION_COLUMN} and is none of those that this version knows: say in server/cluster/place-rules.ts what becomes of it.`,
    ];
  }
  const found: string[] = [];
  if (place === "distributed" && (table.columnType !== "uuid" || table.isColumnNullable)) {
    found.push(`${name}.${DISTRIBUTION_COLUMN} is no uuid that must be there, so its rows have no node.`);
  }
  if (standing !== null && !standsAs(table, place)) {
    const what = standing.as === "distributed" ? `is distributed by ${standing.column}` : `stands as ${standing.as}`;
    found.push(`${name} ${what} already, where it would be ${place}: undo that by hand (undistribute_table) first.`);
  }
  return found;
}

/** Tables that were distributed apart from each other cannot be joined nor reference each other. */
function obstaclesOfGroups({ tables }: Facts): string[] {
  const groups = new Set(tables.flatMap(({ standing }) => (standing?.as === "distributed" ? [standing.group] : [])));
  if (groups.size < 2) return [];
  return [
    `Tables are distributed already, in ${groups.size} groups that do not lie together: undo that by hand (undistribute_table) first.`,
  ];
}

function obstaclesOfKey(key: KeyFact, places: Places): string[] {
  if (places.get(key.table) !== "distributed" || key.columns.includes(DISTRIBUTION_COLUMN)) return [];
  return [
    `${key.name} of ${key.table} is unique without ${DISTRIBUTION_COLUMN}, which no node could hold on its own: add it to the key.`,
  ];
}

function obstaclesOfForeignKey(key: ForeignKeyFact, places: Places): string[] {
  const [from, to] = [places.get(key.table) ?? null, places.get(key.references) ?? null];
  const what = `The foreign key ${key.name} from ${key.table} to ${key.references}`;
  if (from === null || to === null) return to === null ? [`${what} leads to a table that has no place.`] : [];
  if (from === "local") return to === "local" ? [] : [`${what} leads from a local table to one that is not.`];
  if (to === "local") return [`${what} leads to a table that stays on the coordinator.`];
  if (from === "reference") {
    return to === "reference" ? [] : [`${what} leads from a table on every node to rows that lie on one.`];
  }
  const position = key.columns.indexOf(DISTRIBUTION_COLUMN);
  const found: string[] = [];
  if (to === "distributed" && (position < 0 || key.referencedColumns[position] !== DISTRIBUTION_COLUMN)) {
    found.push(`${what} does not compare ${DISTRIBUTION_COLUMN} with ${DISTRIBUTION_COLUMN}, so it could cross nodes.`);
  }
  if (position >= 0 && (isSetting(key.onDelete) || isSetting(key.onUpdate) || key.onUpdate === "cascade")) {
    found.push(`${what} would change ${DISTRIBUTION_COLUMN} (${actionsOf(key)}), which would move rows between nodes.`);
  }
  return found;
}

function isSetting(action: KeyAction): boolean {
  return action === "set null" || action === "set default";
}

function actionsOf({ onDelete, onUpdate }: ForeignKeyFact): string {
  return `on delete ${onDelete}, on update ${onUpdate}`;
}

function obstaclesOfPolicy(policy: PolicyFact, places: Places): string[] {
  if (!policy.hasSubquery || places.get(policy.table) === "local") return [];
  return [`The policy ${policy.name} on ${policy.table} has a subquery, which Citus refuses.`];
}

function obstaclesOfTrigger(trigger: TriggerFact, places: Places): string[] {
  if (!trigger.isOfExtension || places.get(trigger.table) === "local") return [];
  return [`The trigger ${trigger.name} on ${trigger.table} belongs to an extension, which Citus refuses.`];
}
