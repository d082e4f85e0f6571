/** A server of its own on a database of its own, whose engine is off: nobody claims a due time, and the page tells it all the same. */
import pg from "pg";
import { demo, expect, expectNoViolations, test } from "./fixtures.ts";
import { SignInPage } from "./pages/sign-in-page.ts";
import { type RunningServer, startServer } from "./servers.ts";

const DATABASE = "without_engine";
let server: RunningServer;
let databaseUrl: string;

async function ask(url: string, text: string, values: unknown[] = []) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await client.query(text, values);
  } finally {
    await client.end();
  }
}

test.beforeAll(async () => {
  test.setTimeout(180_000);
  const shared = process.env["E2E_DATABASE_URL"]!;
  await ask(shared, `create database ${DATABASE}`);
  databaseUrl = shared.replace(/(:\d+\/)[^?]+/, `$1${DATABASE}`);
  server = await startServer(databaseUrl);
});

test.afterAll(async () => {
  await server.end("SIGTERM");
  await ask(process.env["E2E_DATABASE_URL"]!, `drop database ${DATABASE} with (force)`);
});

test("a missed run shows while the scheduler is off: on its page, in the header, in the calendar and in /health", async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: server.baseUrl });
  const page = await context.newPage();
  await new SignInPage(page).signIn(demo.email, demo.password);
  await page.goto("/c/luma/schedule");
  await expect(page.getByRole("heading", { level: 1, name: "Schedule" })).toBeVisible();
  await expect(page.getByText("America/New_York")).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);

  await ask(
    databaseUrl,
    `update schedule_versions set valid_from = now() - interval '3 days'
     where client_id = (select id from clients where subdomain = 'luma')`,
  );
  await ask(
    databaseUrl,
    `update schedules set next_due_at =
       (date_trunc('day', now() at time zone timezone) - interval '1 day' + time '04:00') at time zone timezone
     where client_id = (select id from clients where subdomain = 'luma')`,
  );
  await page.reload();
  await expect(page.getByRole("alert").filter({ hasText: /missed\./ })).toContainText("no scheduler is at work");
  await expect(page.getByRole("link", { name: /sync was missed/ }).first()).toBeVisible();
  const missed = page.getByRole("table", { name: /Expected and actual/ }).getByRole("link", { name: /04:00 missed/ });
  await expect(missed.first()).toBeVisible();
  await missed.first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nothing ran, and nobody has made up for it.")).toBeVisible();
  await expectNoViolations(page);

  const health = await fetch(`${server.baseUrl}/health`);
  expect(await health.json()).toMatchObject({ status: "ok", missedRuns: 1 });
  const { rows } = await ask(databaseUrl, "select 1 from sync_runs where status in ('queued', 'running')");
  expect(rows).toEqual([]);
  await context.close();
});
