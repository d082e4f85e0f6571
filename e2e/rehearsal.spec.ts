import { expect, expectNoViolations, test } from "./fixtures.ts";
import { ImportPage } from "./pages/import-page.ts";
import { RehearsalPage } from "./pages/rehearsal-page.ts";

const HEADER = "Handle,Video,Views,Likes,Comments,GMV,CTR,Units Sold,Post Date,Video Title";

/** Five videos of somebody nobody knows yet, which First Five rewards. */
function dayFile(handle: string): string {
  const today = new Date().toISOString().slice(0, 10);
  const rows = Array.from(
    { length: 5 },
    (_, index) =>
      `@${handle},https://www.tiktok.com/@${handle}/video/9800000000000${index},100,10,1,20.00,1.5,2,${today},Video ${index}`,
  );
  return [HEADER, ...rows, ""].join("\r\n");
}

const STANDING = `
  select (select count(*)::int from users) as users, (select count(*)::int from videos) as videos,
    (select count(*)::int from mission_progress) as rows, (select count(*)::int from redemptions) as redemptions,
    (select count(*)::int from sync_runs) as runs`;

test("a night is rehearsed without a trace, and the run that follows does the same", async ({ console: page, ask }) => {
  const handle = `night.${Date.now().toString(36)}`;
  const imports = new ImportPage(page);
  const rehearsal = new RehearsalPage(page);
  await imports.upload("luma", { name: "tonight.csv", text: dayFile(handle) });
  await imports.expectCheckOf("tonight.csv");
  const before = await ask(STANDING);

  await page.getByRole("button", { name: "Rehearse with this file" }).click();
  await rehearsal.expectPlayed();
  await expect(page.getByText(/With tonight\.csv, tonight would/)).toBeVisible();
  const expected = await rehearsal.steps();
  expect(await ask(STANDING)).toEqual(before);

  await rehearsal.tab(/^New creators/).click();
  await expect(page.getByRole("rowheader", { name: `@${handle}` })).toBeVisible();
  await rehearsal.tab(/^Completed/).click();
  const completion = page.getByRole("row").filter({ hasText: `@${handle}` });
  await expect(completion).toContainText("First Five");
  await expectNoViolations(page);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.getByRole("link", { name: "Go to the file" }).click();
  await imports.importAndRun(5);
  expect(await rehearsal.steps()).toEqual(expected);
  const rewarded = await ask(
    `select m.display_name as name from redemptions r
     join users u on u.client_id = r.client_id and u.id = r.user_id
     join missions m on m.client_id = r.client_id and m.id = r.mission_id where u.tiktok_handle = $1`,
    [handle],
  );
  expect(rewarded).toEqual([{ name: "First Five" }]);
});

test("tonight is rehearsed from the sync page, and found again below the runs", async ({ console: page }) => {
  await page.goto("/c/luma/sync");
  await page.getByRole("button", { name: "Rehearse…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/no new file lies in/)).toBeVisible();
  await dialog.getByRole("button", { name: "Rehearse", exact: true }).click();
  const rehearsal = new RehearsalPage(page);
  await rehearsal.expectPlayed();
  await expect(page.getByText(/Without a new file, tonight would/)).toBeVisible();
  const address = new URL(page.url()).pathname;
  await page.goto("/c/luma/sync");
  await expect(page.locator(`a[href="${address}"]`)).toBeVisible();
});
