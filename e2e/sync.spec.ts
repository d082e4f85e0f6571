import { expect, test } from "./fixtures.ts";
import { ImportPage } from "./pages/import-page.ts";

const HEADER = "Handle,Video,Views,Likes,Comments,GMV,CTR,Units Sold,Post Date,Video Title";

/** Six videos of a creator nobody knows yet, and a row that must be set aside. */
function dayFile(handle: string, day: string): string {
  const good = Array.from(
    { length: 6 },
    (_, index) =>
      `@${handle},https://www.tiktok.com/@${handle}/video/9900000000000${index},100,10,1,20.00,1.5,2,${day},"Video, ${index}"`,
  );
  return [HEADER, ...good, `@${handle},99000000000009,1.2K,10,1,20.00,1.5,2,${day},Broken`, ""].join("\r\n");
}

test("a file is checked, imported and synced; the run is followed across a reload to an earned reward", async ({
  console: page,
  ask,
}) => {
  const handle = `e2e.${Date.now().toString(36)}`;
  const today = new Date().toISOString().slice(0, 10);
  const imports = new ImportPage(page);
  await imports.upload("luma", { name: "today.csv", text: dayFile(handle, today) });
  await imports.expectCheckOf("today.csv");
  await expect(page.getByText("6 of 7 rows")).toBeVisible();
  await expect(page.getByRole("cell", { name: "number_invalid" })).toBeVisible();
  expect(await ask("select 1 from users where tiktok_handle = $1", [handle])).toEqual([]);

  await imports.importAndRun(6);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: /^Run \d+$/ })).toBeVisible();
  await expect(page.getByText("With warnings").first()).toBeVisible({ timeout: 45_000 });
  await expect(page.getByRole("listitem").filter({ hasText: /Redemptions.*owed to.*made/ })).toBeVisible();

  const earned = await ask<{ name: string; value: string; status: string; redemption: string }>(
    `select m.display_name as name, p.current_value::text as value, p.status, r.status as redemption
     from users u join mission_progress p on p.client_id = u.client_id and p.user_id = u.id
     join missions m on m.client_id = p.client_id and m.id = p.mission_id
     join redemptions r on r.client_id = p.client_id and r.user_id = p.user_id and r.mission_id = p.mission_id
     where u.tiktok_handle = $1`,
    [handle],
  );
  expect(earned).toEqual([{ name: "First Five", value: "6", status: "completed", redemption: "claimable" }]);

  await page.goto("/c/luma/redemptions");
  await expect(page.getByRole("link", { name: `@${handle}` })).toBeVisible();
});

test("a file without a column is refused with what is missing, and nothing is written", async ({
  console: page,
  ask,
}) => {
  const before = await ask("select count(*)::int as count from imports");
  await new ImportPage(page).upload("luma", { name: "short.csv", text: "Handle,Video,Views\nsomebody,1,2\n" });
  await expect(page.getByText("short.csv was refused.")).toBeVisible();
  await expect(page.getByText(/Units Sold/).first()).toBeVisible();
  expect(await ask("select count(*)::int as count from imports")).toEqual(before);
});

const ROOM = "drop trigger if exists e2e_full on users; drop function if exists e2e_full()";

// A disk left full would fail the runs of all tests after this one.
test.afterEach(({ ask }) => ask(ROOM));

test("a run that failed says what was kept, and is retried from the step it failed at", async ({
  console: page,
  ask,
}) => {
  // As if the disk were full at step 3.
  await ask(`
    create function e2e_full() returns trigger language plpgsql as
      $$ begin raise exception 'no space left' using errcode = 'disk_full'; end $$;
    create trigger e2e_full before update of total_sales on users for each statement execute function e2e_full()`);
  await page.goto("/c/luma/sync?start=true");
  await page.getByRole("button", { name: "Run without a file" }).click();
  await expect(page.getByRole("alert")).toContainText("Step 3 (totals) failed: the database has no space left.", {
    timeout: 45_000,
  });
  await expect(page.getByRole("alert")).toContainText("Steps 1 to 2 are saved. Make room on the database's disk");
  await expect(page.getByText("waits for step 3, totals")).toHaveCount(5);

  await ask(ROOM);
  await page.getByRole("button", { name: "Retry from step 3, totals" }).click();
  await expect(page.getByText("Done").first()).toBeVisible({ timeout: 45_000 });
  await expect(page.getByRole("table", { name: "Attempts of the run" })).toContainText("Went through");
  const number = Number(/\d+$/.exec(page.url())?.[0]);
  const attempts = await ask<{ outcome: string; from: number }>(
    `select a.outcome, a.from_step::int as from from sync_attempts a
     join sync_runs r on r.client_id = a.client_id and r.id = a.run_id
     join clients c on c.id = r.client_id and c.subdomain = 'luma'
     where r.number = $1 order by a.number`,
    [number],
  );
  expect(attempts).toEqual([
    { outcome: "failed", from: 1 },
    { outcome: "succeeded", from: 3 },
  ]);
});
