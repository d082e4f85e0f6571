import { expect, inject, it } from "vitest";
import { testDatabase } from "../database.ts";
import { allowedBodies } from "./allowed-bodies.ts";
import { bodyViolations } from "./bodies.ts";

const db = testDatabase();

it("functions and views do nothing that a cluster refuses or does slowly, but what allowed-bodies.ts explains, and no less", async () => {
  const client = await db.owner.connect();
  const found = await bodyViolations(client, inject("lintFacts")).finally(() => client.release());
  const named = (some: readonly { name: string; rule: string }[]) =>
    [...new Set(some.map(({ name, rule }) => `${name}: ${rule}`))].toSorted();
  expect(named(found)).toEqual(named(allowedBodies));
});

it("finds what a function, a trigger and a view do, also where it is executed as a text", async () => {
  await db.owner.query(`
    create function bad_sql() returns bigint language sql as 'select count(*) from users';
    create function bad_plpgsql() returns void language plpgsql as $$
      declare v_count int; begin
        select count(*) into v_count from videos;
        v_count := (select count(*) from missions);
        execute 'delete from tiers';
      end $$;
    create function bad_trigger() returns trigger language plpgsql as $$
      begin
        perform 1 from rows_now n join users u on u.client_id = n.client_id;
        return null;
      end $$;
    create trigger bad after insert on videos referencing new table as rows_now for each statement execute function bad_trigger();
    create view bad_view as select u.client_id, v.video_key from users u join videos v on v.user_id = u.id`);
  const client = await db.owner.connect();
  const found = await bodyViolations(client, inject("lintFacts")).finally(() => client.release());
  expect(
    found.filter(({ name }) => name.startsWith("bad")).map(({ name, rule, what }) => `${name} ${rule} ${what}`),
  ).toEqual([
    "bad_plpgsql across_clients missions",
    "bad_plpgsql across_clients tiers",
    "bad_plpgsql across_clients videos",
    "bad_sql across_clients users",
    "bad_trigger transition_join users",
    "bad_view across_clients videos",
  ]);
});
