import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../env.ts";
import { allowedStatements, OWN_STATEMENTS } from "./allowed.ts";
import type { LintFacts } from "./facts.ts";
import { parseStatements } from "./parser.ts";
import { violationsOf } from "./rules.ts";

const facts: LintFacts = {
  tables: { users: ["id"], videos: [], seeds: ["id"], mission_progress: [] },
  views: ["mission_eligibility"],
  volatile: ["gen_random_uuid", "random", "clock_timestamp"],
  asking: ["search_creators"],
};

/** What the lint finds in one statement, as "rule what". */
async function found(text: string, transitions: string[] = []): Promise<string[]> {
  const statements = await parseStatements(text);
  return statements.flatMap((one) =>
    violationsOf(one, facts, { transitions }).map(({ rule, what }) => `${rule} ${what}`),
  );
}

describe("a statement that is held to one client passes:", () => {
  it.each([
    ["a filter", "select id from users where client_id = $1::uuid"],
    ["a filter with an alias", "select u.id from users u where u.client_id = $1 and (u.email = $2 or u.id = $3)"],
    [
      "a join on the client",
      "select 1 from users u join videos v on v.client_id = u.client_id and v.user_id = u.id where u.client_id = $1",
    ],
    ["using", "select 1 from users join videos using (client_id) where users.client_id = $1"],
    ["through clients", "select 1 from clients c join users u on u.client_id = c.id where c.id = $1"],
    [
      "as Prisma writes it",
      `select "public"."users"."id" from "public"."users" where ("public"."users"."client_id" = $1 and 1=1)`,
    ],
    [
      "a correlated subquery",
      "select u.id from users u where u.client_id = $1 and exists (select from videos v where v.client_id = u.client_id)",
    ],
    [
      "a scalar subquery",
      "select (select count(*) from videos v where v.client_id = u.client_id) from users u where u.client_id = $1",
    ],
    [
      "rows compared with rows",
      "delete from videos where (client_id, user_id) in (select client_id, id from users where client_id = $1)",
    ],
    [
      "a derived table",
      "select 1 from (select client_id, id from users) u join videos v on v.client_id = u.client_id where u.client_id = $1",
    ],
    [
      "a union",
      "select 1 from (select client_id from users union all select client_id from videos) a where a.client_id = $1",
    ],
    [
      "a chain of CTEs",
      "with a as (select client_id as c from users where client_id = $1), b as (select * from a) select 1 from b join videos v on v.client_id = b.c",
    ],
    [
      "a CTE that writes",
      "with d as (update users u set email = '' where u.client_id = $1 returning u.client_id, u.id) select 1 from d join videos v on v.client_id = d.client_id",
    ],
    [
      "the session's client",
      "select 1 from users where client_id = nullif(current_setting('app.client_id', true), '')::uuid",
    ],
    ["a trigger's row", "select 1 from users where client_id = new.client_id"],
    ["a function's parameter", "select 1 from users where client_id = p_client_id"],
    ["a supposed client", "select 1 from (select $1::uuid as client_id) k join users u on u.client_id = k.client_id"],
    ["tables of nobody", "select 1 from admins join admin_sessions s on s.admin_id = admins.id"],
    ["values", "insert into seeds (client_id, source) values ($1, 'cli')"],
    ["a cursor", "declare answer cursor for select id from users where client_id = $1"],
    [
      "an insert of what is joined",
      "insert into mission_progress (client_id, user_id) select u.client_id, u.id from users u where u.client_id = $1 on conflict do nothing",
    ],
    [
      "an insert that reads no client's table",
      "insert into seeds (client_id, source) select $1, s from unnest($2::text[]) s",
    ],
    ["locks of one client", "select 1 from users where client_id = $1 for update"],
    ["grouping sets of one client", "select 1 from users where client_id = $1 group by grouping sets ((email), ())"],
    ["a setting of the transaction", "set local app.client_id = 'x'"],
    ["a function that asks, called alone", "select user_id from search_creators($1, $2)"],
    ["stable functions", "update users set email = now()::text where client_id = $1"],
  ])("%s", async (_, text) => {
    expect(await found(text)).toEqual([]);
  });
});

describe("is found:", () => {
  it.each([
    ["no filter", "select id from users", ["across_clients users"]],
    ["a filter that may not hold", "select id from users where client_id = $1 or id = $2", ["across_clients users"]],
    ["a filter on something else", "select id from users where id = $1", ["across_clients users"]],
    ["several clients", "select id from users where client_id = any ($1)", ["across_clients users"]],
    [
      "a join by id alone",
      "select 1 from users u join videos v on v.user_id = u.id where u.client_id = $1",
      ["across_clients videos"],
    ],
    [
      "a subquery",
      "select 1 from users u where u.client_id = $1 and u.id in (select user_id from videos)",
      ["across_clients videos"],
    ],
    [
      "a subquery of a join's condition",
      "select 1 from users u join clients c on c.id = u.client_id and exists (select from videos) where u.client_id = $1",
      ["across_clients videos"],
    ],
    ["a view", "select 1 from mission_eligibility e where e.mission_id = $1", ["across_clients mission_eligibility"]],
    ["an update", "update users set email = '' where id = $1", ["across_clients users"]],
    [
      "a delete by a join",
      "delete from videos v using users u where u.id = v.user_id and u.client_id = $1",
      ["across_clients videos"],
    ],
    ["a CTE", "with a as (select id from users) select 1 from a", ["across_clients users"]],
    [
      "a constant client",
      "insert into mission_progress (client_id, user_id) select $1, u.id from users u where u.client_id = $1",
      ["constant_client mission_progress"],
    ],
    [
      "a constant client from a CTE",
      "with a as (select id from users where client_id = $1) insert into mission_progress (client_id, user_id) select $1::uuid, id from a",
      ["constant_client mission_progress"],
    ],
    [
      "a volatile function",
      "insert into mission_progress (client_id, user_id) select u.client_id, gen_random_uuid() from users u where u.client_id = $1",
      ["volatile_insert gen_random_uuid()"],
    ],
    [
      "a volatile default",
      "insert into seeds (client_id, source) select u.client_id, 'x' from users u where u.client_id = $1",
      ["volatile_insert seeds.id"],
    ],
    [
      "a subquery among values",
      "insert into seeds (client_id, source) values ($1, (select email from users where client_id = $1 and id = $2))",
      ["subquery_in_values seeds"],
    ],
    [
      "a volatile update",
      "update users set email = random()::text where client_id = $1",
      ["volatile_write users: random()"],
    ],
    [
      "a volatile delete",
      "delete from users where client_id = $1 and x < clock_timestamp()",
      ["volatile_write users: clock_timestamp()"],
    ],
    [
      "locks across clients",
      "select 1 from users for update skip locked",
      ["across_clients users", "lock_across_clients users"],
    ],
    [
      "grouping sets across clients",
      "select 1 from users group by grouping sets ((email), ())",
      ["across_clients users", "grouping_sets users"],
    ],
    [
      "moved rows",
      "with gone as (delete from users u where u.client_id = $1 returning u.client_id, u.id) insert into mission_progress (client_id, user_id) select g.client_id, g.id from gone g",
      ["deleted_inserted mission_progress"],
    ],
    [
      "a function that asks, joined",
      "select 1 from users u join search_creators($1, $2) s on s.user_id = u.id where u.client_id = $1",
      ["asked_on_a_node search_creators()"],
    ],
    ["set_config", "select set_config('app.client_id', $1, true)", ["client_by_set_config app.client_id"]],
    ["a session's setting", "set app.client_id = 'x'", ["client_by_set_config app.client_id"]],
  ])("%s", async (_, text, expected) => {
    expect((await found(text)).toSorted()).toEqual(expected);
  });

  it("a transition table joined with a distributed one, and not one alone", async () => {
    expect(await found("select 1 from changed c join users u on u.client_id = c.client_id", ["changed"])).toEqual([
      "transition_join users",
    ]);
    expect(await found("select 1 from changed c join clients k on k.id = c.client_id", ["changed"])).toEqual([]);
  });
});

it("a view is held by whoever reads it, as far as its tables hang together", async () => {
  const judge = async (text: string) => {
    const statements = await parseStatements(text);
    return statements.flatMap((one) => violationsOf(one, facts, { isRelation: true }).map(({ what }) => what));
  };
  expect(await judge("select u.client_id from users u join videos v on v.client_id = u.client_id")).toEqual([]);
  expect(await judge("select u.client_id from users u join videos v on v.user_id = u.id")).toEqual(["videos"]);
});

it("what is allowed names test files that there are, or nobody would find that an entry is needed no more", () => {
  const files = [...allowedStatements.map(({ seenIn }) => seenIn), ...OWN_STATEMENTS];
  expect(files.filter((file) => !existsSync(join(PROJECT_ROOT, file)))).toEqual([]);
});
