import type { ExportListName } from "../../server/exports/schema.ts";

/** Filters of a list as its page has them; what is undefined is no filter. */
export type ExportFilters = Readonly<Record<string, unknown>>;

/** The address of a list's download. Texts stand as they are, lists with commas, anything else as JSON. */
export function exportHref(clientId: string, list: ExportListName, filters: ExportFilters): string {
  const query = new URLSearchParams(
    Object.entries(filters)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, textOf(value)]),
  ).toString();
  return `/api/clients/${clientId}/exports/${list}.csv${query === "" ? "" : `?${query}`}`;
}

function textOf(value: unknown): string {
  if (typeof value === "string") {
    return value;
  }
  return Array.isArray(value) ? value.join(",") : JSON.stringify(value);
}
