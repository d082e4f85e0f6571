/** Sections of Markdown pages that benches write, between markers. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../server/env.ts";

/** The pages that hold such sections. */
export const README = join(PROJECT_ROOT, "bench", "README.md");
export const SCALING = join(PROJECT_ROOT, "docs", "scaling.md");

/** Replaces the section of that name; throws when the page has none. */
export function writeSection(page: string, name: string, text: string): void {
  writeFileSync(page, replaceSection(readFileSync(page, "utf8"), name, text));
}

export function replaceSection(page: string, name: string, text: string): string {
  const [from, to] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [start, end] = [page.indexOf(from), page.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`The page has no section "${name}".`);
  return `${page.slice(0, start + from.length)}\n${text}\n${page.slice(end)}`;
}
