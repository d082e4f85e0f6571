import { describe, expect, it } from "vitest";
import { readSources } from "./testing/imports.ts";
import type { Import, Source } from "./testing/imports.ts";

/** Lower lines may import from higher ones; modules of one line do not know each other. */
const ORDER = [
  ["base"],
  ["db"],
  ["csv", "cluster"],
  ["audit"],
  ["access"],
  ["rewards", "creators"],
  ["tiers"],
  ["missions"],
  ["eligibility", "progress"],
  ["seeding", "redemptions", "imports", "adjustments", "notifications"],
  ["health"],
  ["sync"],
  ["schedule", "digest"],
  ["exports"],
];
/** What stands beside the modules: the edge, which routers see, the ways in, and the demo, which comes in like a visitor. */
const BESIDE = ["trpc", "http", "cli", "testing", "demo"];

const all = readSources("server");
const isTest = (path: string) => path.endsWith(".test.ts") || path.startsWith("server/testing/");
const server = all.filter((source) => !isTest(source.path));
const web = readSources("web").filter((source) => !/\.test\.tsx?$/.test(source.path));

const moduleOf = (path: string) => /^server\/([^/]+)\//.exec(path)?.[1] ?? null;
const fileOf = (path: string) => path.split("/").at(-1)!;
const levelOf = (path: string) => ORDER.findIndex((names) => names.includes(moduleOf(path) ?? ""));
const isEdge = (to: string) => to.startsWith("server/trpc/") || to.startsWith("@trpc/");

/** Every import for which the rule is broken, as "file -> target". */
function broken(sources: readonly Source[], isBroken: (found: Import) => boolean): string[] {
  return sources.flatMap((source) => source.imports.filter(isBroken).map((found) => `${found.from} -> ${found.to}`));
}

describe("between modules", () => {
  it("knows the place of every module", () => {
    const modules = new Set(server.map((source) => moduleOf(source.path)).filter((name) => name !== null));
    expect([...modules].filter((name) => !ORDER.flat().includes(name) && !BESIDE.includes(name))).toEqual([]);
  });

  it("imports go downward only", () => {
    const isUpward = ({ from, to }: Import) =>
      levelOf(from) >= 0 && levelOf(to) >= 0 && moduleOf(from) !== moduleOf(to) && levelOf(to) >= levelOf(from);
    expect(broken(server, isUpward)).toEqual([]);
  });

  it("sql.ts is private to its module", () => {
    const isForeign = ({ from, to }: Import) =>
      to.startsWith("server/") && fileOf(to) === "sql.ts" && moduleOf(to) !== moduleOf(from);
    expect(broken(server, isForeign)).toEqual([]);
  });

  it("no module imports a composition root, except for types", () => {
    const isRoot = ({ from, to, isTypeOnly }: Import) =>
      moduleOf(from) !== null &&
      !BESIDE.includes(moduleOf(from)!) &&
      /^server\/[^/]+\.ts$/.test(to) &&
      to !== "server/env.ts" &&
      !isTypeOnly;
    expect(broken(server, isRoot)).toEqual([]);
  });

  it("nobody imports the tests' tools but tests", () => {
    expect(broken([...server, ...web], ({ to }) => to.startsWith("server/testing/"))).toEqual([]);
  });
});

describe("within a module", () => {
  const named = (name: string) => server.filter((source) => fileOf(source.path) === name);

  it("rules are pure: no database, no files, no service", () => {
    const isImpure = ({ to, isLocal }: Import) =>
      isLocal
        ? !/\/(?:[a-z-]*rules|schema)\.ts$/.test(to) && !to.startsWith("server/base/")
        : /^(?:pg|@prisma\/|graphile-worker|fastify|@trpc\/|node:(?:fs|net|http|child_process))/.test(to);
    const rules = server.filter(({ path }) => /(?:^|[/-])rules\.ts$/.test(path));
    expect(broken(rules, isImpure)).toEqual([]);
  });

  it("schemas see schemas and base alone", () => {
    const isOther = ({ to, isLocal }: Import) =>
      isLocal ? fileOf(to) !== "schema.ts" && !to.startsWith("server/base/") : to !== "zod";
    expect(broken(named("schema.ts"), isOther)).toEqual([]);
  });

  it("service and sql never see tRPC: only routers and composition roots do", () => {
    const inModules = server.filter(({ path }) => levelOf(path) >= 0 && fileOf(path) !== "router.ts");
    expect(broken(inModules, ({ to }) => isEdge(to))).toEqual([]);
  });

  it("only the table of contents imports routers", () => {
    const isRouter = ({ from, to }: Import) =>
      fileOf(to) === "router.ts" && to.startsWith("server/") && moduleOf(to) !== null && from !== "server/router.ts";
    expect(broken(server, isRouter)).toEqual([]);
  });

  it("routers leave the work to services: no database", () => {
    const isDatabase = ({ to, isTypeOnly }: Import) =>
      !isTypeOnly && (to.startsWith("server/db/") || fileOf(to) === "sql.ts" || to === "pg");
    expect(
      broken(
        named("router.ts").filter(({ path }) => moduleOf(path) !== null),
        isDatabase,
      ),
    ).toEqual([]);
  });

  it("sql.ts takes a transaction and never opens one", () => {
    const opens = ({ to, isTypeOnly }: Import) =>
      !isTypeOnly && (to === "server/db/tx.ts" || to === "server/db/pools.ts");
    expect(broken(named("sql.ts"), opens)).toEqual([]);
  });

  it("base knows neither rules nor the database", () => {
    const base = server.filter(({ path }) => moduleOf(path) === "base");
    expect(broken(base, ({ to, isLocal }) => isLocal && !to.startsWith("server/base/"))).toEqual([]);
  });
});

describe("everywhere", () => {
  it("process.env is read in server/env.ts alone", () => {
    const readers = [...server, ...web].filter((source) => source.readsEnvironment).map((source) => source.path);
    expect(readers).toEqual(["server/env.ts"]);
  });

  it("there is no drawer for leftovers: no utils, helpers, common or barrel files", () => {
    const drawers = [...all, ...web]
      .map(({ path }) => path)
      .filter((path) => /\/(?:utils?|helpers?|common|misc|index)\.tsx?$/.test(path));
    expect(drawers).toEqual([]);
  });

  it("no test replaces a module with a mock", () => {
    const mocks = all.filter((source) => isTest(source.path) && /\bvi\.(?:mock|doMock)\(/.test(source.text));
    expect(mocks.map(({ path }) => path).filter((path) => path !== "server/boundaries.test.ts")).toEqual([]);
  });
});

describe("the console", () => {
  it("imports schemas and the router's type from the server, nothing else", () => {
    const isOther = ({ to, isTypeOnly, names }: Import) =>
      to.startsWith("server/") &&
      fileOf(to) !== "schema.ts" &&
      !(to === "server/router.ts" && isTypeOnly && names.every((name) => name === "AppRouter"));
    expect(broken(web, isOther)).toEqual([]);
  });

  it("has features that do not import each other", () => {
    const featureOf = (path: string) => /^web\/features\/([^/]+)\//.exec(path)?.[1] ?? null;
    const isOther = ({ from, to }: Import) =>
      featureOf(from) !== null && featureOf(to) !== null && featureOf(from) !== featureOf(to);
    expect(broken(web, isOther)).toEqual([]);
  });

  it("has ui and lib that import neither features nor the app", () => {
    const isAbove = ({ from, to }: Import) => /^web\/(?:ui|lib)\//.test(from) && /^web\/(?:features|app)\//.test(to);
    expect(broken(web, isAbove)).toEqual([]);
  });

  it("sends every act through the mutation that a double click does not send twice", () => {
    const isBare = ({ from, to, names }: Import) =>
      to === "@tanstack/react-query" && names.includes("useMutation") && from !== "web/lib/use-mutation.ts";
    expect(broken(web, isBare)).toEqual([]);
  });

  it("has features that do not import the app", () => {
    expect(broken(web, ({ from, to }) => from.startsWith("web/features/") && to.startsWith("web/app/"))).toEqual([]);
  });
});
