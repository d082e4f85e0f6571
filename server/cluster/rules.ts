/** Which table becomes what on a Citus cluster, in which order, and what stands in the way: decided over facts of the catalogue. */
import { obstaclesOf } from "./obstacle-rules.ts";
import { placeOf, standsAs, whyLocal } from "./place-rules.ts";
import type { Facts, Plan, Step, TableFact } from "./schema.ts";

export function planOf(facts: Facts): Plan {
  const { steps, circular } = inOrder(facts);
  const local = facts.tables.flatMap(({ name }) => {
    const why = whyLocal(name);
    return why === null ? [] : [{ name, why }];
  });
  const schemas = facts.otherSchemas.map((name) => ({
    name: `${name}.*`,
    why: "is nobody's: the queue of jobs, of which every node has one of its own",
  }));
  const circles = circular.map((name) => `${name} is in a circle of foreign keys, so no order suits it.`);
  return {
    steps,
    local: [...local, ...schemas],
    obstacles: [...obstaclesOf(facts), ...circles],
  };
}

/** Reference tables, then distributed ones; within each, what is referenced comes before what references it, and names decide ties. */
function inOrder({ tables, foreignKeys }: Facts): { steps: Step[]; circular: string[] } {
  const steps: Step[] = [];
  const circular: string[] = [];
  for (const place of ["reference", "distributed"] as const) {
    let waiting = tables.filter((table) => placeOf(table) === place).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    while (waiting.length > 0) {
      const names = new Set(waiting.map(({ name }) => name));
      const isHeldUp = ({ name }: TableFact) =>
        foreignKeys.some((key) => key.table === name && key.references !== name && names.has(key.references));
      const free = waiting.filter((table) => !isHeldUp(table));
      if (free.length === 0) {
        circular.push(...names);
        break;
      }
      steps.push(...free.map((table) => ({ table: table.name, place, isDone: standsAs(table, place) })));
      waiting = waiting.filter(isHeldUp);
    }
  }
  return { steps, circular };
}
