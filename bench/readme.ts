/** Sections of README.md that benches write, between markers. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const README = join(import.meta.dirname, "README.md");

/** Replaces the section of that name; throws when the README has none. */
export function writeSection(name: string, text: string): void {
  writeFileSync(README, replaceSection(readFileSync(README, "utf8"), name, text));
}

export function replaceSection(page: string, name: string, text: string): string {
  const [from, to] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [start, end] = [page.indexOf(from), page.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`README.md has no section "${name}".`);
  return `${page.slice(0, start + from.length)}\n${text}\n${page.slice(end)}`;
}
