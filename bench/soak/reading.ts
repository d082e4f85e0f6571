/** One look at everything that must stay flat. */

export interface TableReading {
  rows: number;
  dead: number;
  /** dead rows that autovacuum leaves lying in this table before it comes */
  deadAllowed: number;
  /** of rows, toast and indexes */
  bytes: number;
  indexBytes: number;
}

export interface Reading {
  /** since the load began */
  second: number;
  /** by name, in the unit of its rule (figures.ts); what a system cannot tell is left out */
  figures: Readonly<Record<string, number>>;
  tables: Readonly<Record<string, TableReading>>;
}

/** The same figure over time. */
export interface Course {
  second: number;
  value: number;
}

/** How one figure went; readings that do not have it are left out. */
export function courseOf(readings: readonly Reading[], name: string): Course[] {
  return readings.flatMap(({ second, figures }) => {
    const value = figures[name];
    return value === undefined ? [] : [{ second, value }];
  });
}
