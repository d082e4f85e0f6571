import { demo, expect, test } from "./fixtures.ts";
import { MissionsPage, numberIn } from "./pages/missions-page.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

const STANDING = `
  select m.enabled, count(p.user_id)::int as rows
  from missions m left join mission_progress p on p.client_id = m.client_id and p.mission_id = m.id
  where m.title = $1 group by m.enabled`;

test("a seeding undone from the mission's history is gone, and the mission is disabled so that it stays gone", async ({
  console: page,
  ask,
}) => {
  const title = "taken back";
  await page.goto("/c/aurora/missions/new");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Target").fill("100000");
  await page.getByRole("switch", { name: "Enabled" }).check();
  await page.getByRole("button", { name: "Create mission" }).click();
  const missions = new MissionsPage(page);
  await missions.button(/^Seed [\d,]+ creators?…$/).click();
  const create = missions.dialog.getByRole("button", { name: /^Create [\d,]+ rows?$/ });
  await expect(create).toBeEnabled();
  const created = numberIn(await create.innerText());
  await create.click();
  await expect(missions.dialog.getByText(`Created ${created.toLocaleString("en-US")} rows`)).toBeVisible();
  await page.keyboard.press("Escape");
  expect(await ask(STANDING, [title])).toEqual([{ enabled: true, rows: created }]);

  await page.getByRole("tab", { name: "History" }).click();
  await page.getByRole("button", { name: /^Undo the seeding of/ }).click();
  const words = `${created.toLocaleString("en-US")} rows`;
  await expect(missions.dialog.getByText(`Removes ${words}, keeps none.`)).toBeVisible();
  await expect(missions.dialog.getByRole("checkbox", { name: `Disable ${title} in the same step` })).toBeChecked();
  await missions.dialog.getByRole("button", { name: `Remove ${words}` }).click();
  await expect(missions.dialog.getByText(`Removed ${words}, kept none.`)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(
    page.getByText(`Undone by Dana Reyes, ${created.toLocaleString("en-US")} removed, 0 kept`),
  ).toBeVisible();

  expect(await ask(STANDING, [title])).toEqual([{ enabled: false, rows: 0 }]);
});

test("a viewer sees all seedings, and why they cannot undo one", async ({ page }) => {
  await new SignInPage(page).signIn(demo.viewer, demo.password);
  await page.goto("/c/luma/seedings");
  const undo = page.getByRole("button", { name: /^Undo the seeding of/ }).first();
  await expect(undo).toHaveAttribute("aria-disabled", "true");
  await undo.focus();
  await expect(page.getByRole("tooltip")).toContainText("You are a viewer of Luma Botanics; this needs an owner.");
});
