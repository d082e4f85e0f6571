import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { expect, expectNoViolations, test } from "./fixtures.ts";
import { numberIn } from "./pages/missions-page.ts";

/** Follows a download and reads it: its name, and its cells by column. */
async function download(page: Page, link: RegExp): Promise<{ name: string; rows: Record<string, string>[] }> {
  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: link }).click();
  const file = await started;
  const rows = parse(await readFile(await file.path()), { bom: true, columns: true });
  return { name: file.suggestedFilename(), rows: rows as Record<string, string>[] };
}

test("a bucket is exported as the list shows it, with the number that the button said", async ({
  console: page,
  ask,
}) => {
  await page.goto("/c/luma/missions");
  await page.getByRole("link", { name: "Silver Starter", exact: true }).click();
  await page.getByRole("tab", { name: /not eligible/ }).click();
  const link = page.getByRole("link", { name: /^Export [\d,]+ creators as CSV$/ });
  const promised = numberIn(await link.innerText());
  const { name, rows } = await download(page, /^Export [\d,]+ creators as CSV$/);
  expect(name).toMatch(/^luma-silver-starter-not-eligible-\d{4}-\d\d-\d\d\.csv$/);
  expect(rows).toHaveLength(promised);
  const found = await ask<{ handle: string }>(
    `select e.tiktok_handle as handle from mission_eligibility e
     join missions m on m.client_id = e.client_id and m.id = e.mission_id
     where m.display_name = 'Silver Starter' and e.bucket = 'not_eligible' order by e.tiktok_handle`,
  );
  expect(rows.map(({ Creator }) => Creator)).toEqual(found.map(({ handle }) => handle));
});

test("creators are ticked over pages, copied by handle, and exported by ids or by the filter", async ({
  console: page,
  ask,
}) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/c/luma/creators?tier=tier_2");
  const bar = page.getByRole("group", { name: "Selection" });
  await page.getByRole("table").getByRole("checkbox").nth(2).check();
  await expect(bar.getByRole("status")).toHaveText(/^1 creator selected/);
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(bar.getByRole("status")).toHaveText(/^51 creators selected/);
  await bar.getByRole("button", { name: "Copy 51 handles" }).click();
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).split("\n");
  const ticked = await download(page, /^Export 51 rows as CSV$/);
  expect(ticked.name).toMatch(/^luma-creators-silver-selection-/);
  expect(ticked.rows.map(({ Creator }) => `@${Creator}`).toSorted()).toEqual(copied.toSorted());

  const [silver] = await ask<{ count: number }>(
    `select count(*)::int as count from users u join clients c on c.id = u.client_id
     where c.subdomain = 'luma' and u.current_tier = 'tier_2'`,
  );
  await bar.getByRole("button", { name: `Select all ${silver!.count} that match` }).click();
  await expect(bar.getByRole("status")).toHaveText(`All ${silver!.count} creators that match are selected`);
  await expectNoViolations(page);
  const all = await download(page, new RegExp(`^Export ${silver!.count} rows as CSV$`));
  expect(all.rows).toHaveLength(silver!.count);
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(bar).toBeHidden();
});

test("what comes from outside is no formula in the file, and an empty list says that there is nothing to export", async ({
  console: page,
}) => {
  await page.goto("/c/luma/adjustments");
  const { rows } = await download(page, /^Export [\d,]+ adjustments as CSV$/);
  expect(
    rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/.test(cell)),
  ).toEqual([]);
  await page.goto("/c/luma/redemptions?status=rejected");
  const off = page.getByRole("button", { name: "Export CSV" });
  await expect(off).toHaveAttribute("aria-disabled", "true");
  await off.hover();
  await expect(page.getByRole("tooltip")).toHaveText("The list is empty: there is nothing to export.");
});
