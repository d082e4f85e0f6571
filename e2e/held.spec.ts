import { expect, expectNoViolations, test } from "./fixtures.ts";
import { ImportPage } from "./pages/import-page.ts";

const HEADER = "Handle,Video,Views,Likes,Comments,GMV,CTR,Units Sold,Post Date,Video Title";

/** Two videos of a creator nobody knows yet. */
function dayFile(handle: string): string {
  const day = new Date().toISOString().slice(0, 10);
  const rows = [1, 2].map(
    (index) =>
      `@${handle},https://www.tiktok.com/@${handle}/video/98${Date.now()}${index},100,10,1,20.00,1.5,2,${day},A video`,
  );
  return [HEADER, ...rows, ""].join("\r\n");
}

// A guard left at nothing would hold the runs of all tests after this one.
test.afterEach(({ ask }) => ask("delete from guards where name = 'created'"));

test("a run that a guard holds is read by name and released with a reason, and then does what was shown", async ({
  console: page,
  ask,
}) => {
  const handle = `held.${Date.now().toString(36)}`;
  await page.goto("/c/luma/sync/guards");
  await page.getByRole("button", { name: "Edit guards…" }).click();
  await page.getByRole("textbox", { name: "New creators" }).fill("0");
  await page.getByRole("button", { name: /^Save guards/ }).click();
  await expect(page.getByRole("row", { name: /^New creators/ })).toContainText("0 %");
  await expectNoViolations(page);

  const imports = new ImportPage(page);
  await imports.upload("luma", { name: "held.csv", text: dayFile(handle) });
  await imports.expectCheckOf("held.csv");
  await imports.importAndRun(2);
  const reason = /1 creator would be created where [\d,]+ are there/;
  await expect(page.getByRole("button", { name: "Release…" })).toBeVisible({ timeout: 45_000 });
  await expect(page.getByText(reason).first()).toBeVisible();
  await expect(page.getByRole("table", { name: "New creators, not written" })).toContainText(`@${handle}`);
  await expectNoViolations(page);
  expect(await ask("select 1 from users where tiktok_handle = $1", [handle])).toEqual([]);

  // Nobody else's run starts meanwhile, and the page that leads to it says why.
  await page.goto("/c/luma");
  await page.getByRole("link", { name: "See what it would do" }).click();
  await page.getByRole("button", { name: "Release…" }).click();
  const confirm = page.getByRole("button", { name: /^Release and run step 1/ });
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("textbox", { name: "Reason" }).fill("A new creator is welcome");
  await confirm.click();

  await expect(page.getByText("Went through", { exact: true })).toBeVisible({ timeout: 45_000 });
  await expect(page.getByText("A new creator is welcome")).toBeVisible();
  await page.getByRole("tab", { name: /^Changes/ }).click();
  await page.getByRole("tab", { name: /^New creators/ }).click();
  await expect(page.getByRole("link", { name: `@${handle}` })).toBeVisible();
  expect(await ask("select 1 from users where tiktok_handle = $1", [handle])).toHaveLength(1);
  const [entry] = await ask<{ action: string; reason: string }>(
    "select action, after ->> 'reason' as reason from audit_log where action = 'sync.hold_released'",
  );
  expect(entry).toEqual({ action: "sync.hold_released", reason: "A new creator is welcome" });
});
