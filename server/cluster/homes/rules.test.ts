import { describe, expect, it } from "vitest";
import { dropHome, makeHome } from "./rules.ts";
import type { Blueprint, Part, PlacedTrigger } from "./schema.ts";

const part: Part = {
  home: "home_7",
  node: { group: 1, host: "one", port: 5432 },
  tables: [{ name: "users", part: "public.users_7" }],
};

function blueprint(more: Partial<Blueprint> = {}): Blueprint {
  const copies = [{ name: "clients", part: "public.clients_3" }];
  return { defaults: [], views: [], functions: [], grants: [], copies, ...more };
}

function trigger(definition: string, more: Partial<PlacedTrigger> = {}): PlacedTrigger {
  const [, name] = /^CREATE TRIGGER (\w+) /.exec(definition)!;
  const [, table] = / ON (\S+) /.exec(definition)!;
  return { table: table!, name: name!, definition, functionSchema: "public", functionName: "f", ...more };
}

const made = (more: Partial<Blueprint>, triggers: PlacedTrigger[] = []) => makeHome(part, blueprint(more), triggers);

describe("a home", () => {
  it("shows parts and copies under their plain names, and lets nobody write to a copy", () => {
    expect(made({})).toEqual([
      "create schema home_7",
      "set local search_path = home_7, public",
      "set local check_function_bodies = off",
      "create view home_7.users with (security_invoker = true) as select * from public.users_7",
      "create view home_7.clients with (security_invoker = true) as select * from public.clients_3",
      expect.stringMatching(/instead of insert or update or delete on home_7\.clients\s.* write to public\.clients/s),
    ]);
  });

  it("numbers rows for those who may insert them, and for nobody else", () => {
    const defaults = [{ table: "users", column: "id", sequence: "public.users_id_seq", expression: "nextval('s')" }];
    const grant = { kind: "table" as const, on: "users", columns: [] };
    const grants = [
      { ...grant, privilege: "INSERT", to: "muster_app" },
      { ...grant, privilege: "SELECT", to: "reporting" },
    ];
    const statements = made({ defaults, grants });
    expect(statements).toContain("grant usage on schema home_7 to muster_app, reporting");
    expect(statements).toContain("grant usage on sequence public.users_id_seq to muster_app");
    expect(statements).toContain("alter view home_7.users alter column id set default nextval('s')");
    expect(statements.filter((one) => one.includes("sequence") && one.includes("reporting"))).toEqual([]);
  });

  it("has views with the options that they have", () => {
    const options = "security_invoker=on, security_barrier=true";
    expect(made({ views: [{ name: "v", text: "select 1", options }] })).toContain(
      `create view home_7.v with (${options}) as select 1`,
    );
  });

  it("has functions that look into it before `public`, and refuses one whose path it cannot change", () => {
    const definition = (path: string) => `CREATE OR REPLACE FUNCTION public.f()\n RETURNS void\n${path}AS $f$ $f$`;
    const of = (path: string) => made({ functions: [{ signature: "f()", definition: definition(path) }] });
    expect(of(" SET search_path TO 'pg_catalog', 'public', 'pg_temp'\n")).toContain(
      "CREATE FUNCTION home_7.f()\n RETURNS void\n SET search_path TO 'pg_catalog', 'home_7', 'public', 'pg_temp'\nAS $f$ $f$",
    );
    expect(of("")).toContain("CREATE FUNCTION home_7.f()\n RETURNS void\nAS $f$ $f$");
    expect(() => of(" SET search_path TO 'public', 'pg_catalog'\n")).toThrow(/does not read as expected/);
  });

  it("is what the triggers of parts call, arguments and all", () => {
    const refusing = trigger(
      "CREATE TRIGGER t_7 BEFORE DELETE ON public.users_7 FOR EACH ROW EXECUTE FUNCTION public.refuse('no (really)')",
    );
    expect(made({}, [refusing]).at(-1)).toBe(
      "CREATE OR REPLACE TRIGGER t_7 BEFORE DELETE ON public.users_7 FOR EACH ROW EXECUTE FUNCTION home_7.refuse('no (really)')",
    );
  });

  it("does after a change of a client what concerns its own clients, and refuses what it cannot tell that of", () => {
    const clients = "CREATE TRIGGER t AFTER UPDATE OF timezone ON public.clients_3 FOR EACH ROW";
    const own = "(pg_catalog.get_shard_id_for_distribution_column('public.users', new.id) = 7)";
    expect(made({}, [trigger(`${clients} EXECUTE FUNCTION public.f()`)]).at(-1)).toBe(
      `CREATE TRIGGER home_7_t AFTER UPDATE OF timezone ON public.clients_3 FOR EACH ROW WHEN ${own} EXECUTE FUNCTION home_7.f()`,
    );
    expect(made({}, [trigger(`${clients} WHEN ((old.a <> new.a)) EXECUTE FUNCTION public.f()`)]).at(-1)).toContain(
      ` WHEN (${own} AND ((old.a <> new.a))) EXECUTE FUNCTION home_7.f()`,
    );
    for (const other of [clients.replace("UPDATE OF timezone", "DELETE"), clients.replace("ROW", "STATEMENT")]) {
      expect(() => made({}, [trigger(`${other} EXECUTE FUNCTION public.f()`)])).toThrow(/does not read as expected/);
    }
  });
});

it("is taken away after its triggers have the functions of `public` again; those on copies go with it", () => {
  const definition = "CREATE TRIGGER t_7 BEFORE DELETE ON public.users_7 FOR EACH ROW EXECUTE FUNCTION home_7.f()";
  const onCopy = "CREATE TRIGGER home_7_t AFTER UPDATE ON public.clients_3 FOR EACH ROW EXECUTE FUNCTION home_7.f()";
  const triggers = [definition, onCopy].map((one) => trigger(one, { functionSchema: "home_7" }));
  expect(dropHome("home_7", triggers)).toEqual([
    "CREATE OR REPLACE TRIGGER t_7 BEFORE DELETE ON public.users_7 FOR EACH ROW EXECUTE FUNCTION public.f()",
    "drop schema home_7 cascade",
  ]);
});
