/** Two servers behind one address: the browser's own event stream moves to the second when the first dies. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { Switchboard } from "../server/testing/switchboard.ts";
import { demo, expect, test } from "./fixtures.ts";
import { SignInPage } from "./pages/sign-in-page.ts";
import { type RunningServer, startServer } from "./servers.ts";

let servers: RunningServer[] = [];
let balancer: Switchboard;

test.beforeAll(async () => {
  const secret = { MUSTER_SECRET: `shared by both servers ${randomUUID()}` };
  const start = () => startServer(process.env["E2E_DATABASE_URL"]!, secret);
  servers = await Promise.all([start(), start()]);
  balancer = await Switchboard.start();
});

test.afterAll(async () => {
  await balancer.close();
  await Promise.all(servers.map((server) => server.end("SIGTERM")));
});

/** Keeps everybody else from writing to creators, so that a run stands still at its totals; answers how to let go. */
async function holdCreators(): Promise<() => Promise<void>> {
  const holder = new pg.Client(process.env["E2E_DATABASE_URL"]);
  await holder.connect();
  await holder.query("begin; lock table users in share mode");
  return () => holder.end();
}

test("the page of a run follows it to its end although its server is killed, and shows each event once", async ({
  browser,
  ask,
}) => {
  balancer.leadTo(servers[0]!.baseUrl);
  const context = await browser.newContext({ baseURL: balancer.address });
  const page = await context.newPage();
  await new SignInPage(page).signIn(demo.email, demo.password);
  const letGo = await holdCreators();

  await page.goto("/c/luma/sync?start=true");
  await page.getByRole("button", { name: "Run without a file" }).click();
  await page.getByRole("tab", { name: "Log" }).click();
  const log = page.getByRole("table", { name: "Log of the run" });
  await expect(log.getByText("Step 1, import: done and saved")).toBeVisible();

  await servers[0]!.end("SIGKILL");
  balancer.leadTo(null);
  await letGo();
  const number = Number(/\/sync\/(\d+)/.exec(page.url())![1]);
  const run = `client_id = (select id from clients where subdomain = 'luma') and number = ${number}`;
  await expect
    .poll(() => ask(`select 1 from sync_runs where ${run} and ended_at is not null`), { timeout: 30_000 })
    .toHaveLength(1);
  await expect(log.getByText(/^The run went through/)).toBeHidden();

  balancer.leadTo(servers[1]!.baseUrl);
  await expect(log.getByText(/^The run went through/)).toBeVisible({ timeout: 30_000 });
  const stored = await ask<{ number: string }>(
    `select e.number::text as number from sync_events e
     join sync_runs r on r.client_id = e.client_id and r.id = e.run_id
     where r.client_id = (select id from clients where subdomain = 'luma') and r.number = ${number} order by e.number`,
  );
  expect(await log.getByRole("rowheader").allTextContents()).toEqual(stored.map((event) => event.number));
  await page.goto("/c/luma/missions");
  await expect(page.getByRole("heading", { level: 1, name: "Missions" })).toBeVisible();
  await context.close();
});
