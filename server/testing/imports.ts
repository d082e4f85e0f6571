/** Reads who imports whom from the sources, for the tests that hold the house's rules. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { parse } from "@babel/parser";

export interface Import {
  /** The importing file, from the project's root, with forward slashes. */
  from: string;
  /** A file from the project's root, or a package's name as written. */
  to: string;
  isLocal: boolean;
  /** True when only types are imported: nothing of the file runs. */
  isTypeOnly: boolean;
  names: string[];
}

export interface Source {
  path: string;
  text: string;
  imports: Import[];
  /** True when the code (not a comment or a text) reads `process.env`. */
  readsEnvironment: boolean;
}

interface Node {
  type: string;
  [key: string]: unknown;
}

const ROOT = resolve(import.meta.dirname, "..", "..");

/** Parses every TypeScript file below a folder of the project, generated ones excepted. */
export function readSources(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.split(sep).join("/")}`)
    .filter((path) => /\.tsx?$/.test(path) && !path.includes("/generated/") && !path.endsWith(".d.ts"))
    .toSorted()
    .map(readSource);
}

function readSource(path: string): Source {
  const text = readFileSync(join(ROOT, path), "utf8");
  const plugins = path.endsWith(".tsx") ? (["typescript", "jsx"] as const) : (["typescript"] as const);
  const tree = parse(text, { sourceType: "module", errorRecovery: true, plugins: [...plugins] });
  const source: Source = { path, text, imports: [], readsEnvironment: false };
  visit(tree.program as unknown as Node, (node) => {
    const found = importIn(path, node);
    if (found !== null) source.imports.push(found);
    if (isEnvironment(node)) source.readsEnvironment = true;
  });
  return source;
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === "object" && child !== null && typeof (child as Node).type === "string")
        visit(child as Node, see);
    }
  }
}

/** import … from, export … from and import("…") alike; null for any other node. */
function importIn(from: string, node: Node): Import | null {
  const isStatic =
    node.type === "ImportDeclaration" || node.type === "ExportNamedDeclaration" || node.type === "ExportAllDeclaration";
  const isDynamic =
    node.type === "ImportExpression" || (node.type === "CallExpression" && calleeType(node) === "Import");
  if (!isStatic && !isDynamic) return null;
  const written = isStatic ? node["source"] : (node["source"] ?? (node["arguments"] as Node[])[0]);
  const specifier = (written as { value?: unknown } | null | undefined)?.value;
  if (typeof specifier !== "string") return null;
  const specifiers = (node["specifiers"] ?? []) as {
    type: string;
    importKind?: string;
    imported?: { name?: string };
  }[];
  const isLocal = specifier.startsWith(".");
  return {
    from,
    to: isLocal
      ? relative(ROOT, resolve(ROOT, dirname(from), specifier))
          .split(sep)
          .join("/")
      : specifier,
    isLocal,
    isTypeOnly:
      node["importKind"] === "type" ||
      node["exportKind"] === "type" ||
      (specifiers.length > 0 && specifiers.every((entry) => entry.importKind === "type")),
    names: specifiers.map((entry) => entry.imported?.name ?? "*"),
  };
}

function calleeType(node: Node): string {
  return (node["callee"] as Node).type;
}

function isEnvironment(node: Node): boolean {
  if (node.type === "ImportDeclaration") {
    const { value } = node["source"] as { value: string };
    const specifiers = node["specifiers"] as { imported?: { name?: string } }[];
    // Streams and signals may be imported by name; the whole object, or its env, may not.
    return /^(?:node:)?process$/.test(value) && specifiers.some(({ imported }) => (imported?.name ?? "env") === "env");
  }
  if (node.type !== "MemberExpression") return false;
  const object = node["object"] as { type: string; name?: string };
  const property = node["property"] as { type: string; name?: string; value?: string };
  return (
    object.type === "Identifier" && object.name === "process" && (property.name === "env" || property.value === "env")
  );
}
