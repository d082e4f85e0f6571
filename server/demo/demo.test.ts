import pg from "pg";
import { expect, it } from "vitest";
import { emptyDatabase } from "../testing/database.ts";
import { startEntry } from "../testing/processes.ts";

async function ask<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

it(
  "a demo killed in its first second and again in the middle of a night goes on, nothing doubled and nothing missing",
  { timeout: 240_000 },
  async () => {
    const url = await emptyDatabase();
    const env = { DATABASE_URL: url, PORT: "0" };
    for (const isReached of [
      "select to_regclass('admins') is not null as yes",
      "select exists (select 1 from admins) as yes",
      "select exists (select 1 from sync_runs where status = 'running' and number > 1) as yes",
    ]) {
      const killed = startEntry("main.ts", { env });
      // The tables of a later question are there once an earlier one was answered.
      await expect.poll(() => ask(url, isReached), { timeout: 60_000, interval: 20 }).toEqual([{ yes: true }]);
      killed.kill("SIGKILL");
      await killed.ended;
    }

    const started = startEntry("main.ts", { env });
    expect((await started.lines(3))[1]).toBe(
      "Sign in to the demo as owner@muster.demo with the password muster-demo-2026",
    );
    started.kill("SIGTERM");
    expect((await started.ended).code).toBe(0);
    expect(await ask(url, "select count(*)::int as admins from admins")).toEqual([{ admins: 3 }]);
    const counts = await ask(
      url,
      `select c.subdomain,
         (select count(*)::int from sync_runs r where r.client_id = c.id and r.status like 'succeeded%') as nights,
         (select count(*)::int from sync_runs r where r.client_id = c.id and r.status in ('queued', 'running')) as open,
         (select count(*)::int from imports i where i.client_id = c.id and i.status = 'stored') as waiting,
         (select count(*)::int from missions m where m.client_id = c.id) as missions,
         (select count(*)::int from rewards m where m.client_id = c.id) as rewards,
         (select count(*)::int from sales_adjustments a where a.client_id = c.id) as adjustments,
         (select count(*)::int from memberships m where m.client_id = c.id) as members,
         (select count(*)::int from users u where u.client_id = c.id and u.current_tier = 'vip_2024') as aged
       from clients c order by 1`,
    );
    const whole = { nights: 8, open: 0, waiting: 0, missions: 8, members: 3 };
    expect(counts).toEqual([
      { subdomain: "aurora", ...whole, rewards: 4, adjustments: 2, aged: 5 },
      { subdomain: "luma", ...whole, rewards: 7, adjustments: 3, aged: 14 },
    ]);
  },
);
