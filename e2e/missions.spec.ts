import { demo, expect, test } from "./fixtures.ts";
import { MissionsPage, numberIn } from "./pages/missions-page.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

const ROWS = `
  select count(*)::int as rows, count(*) filter (where p.status = 'active')::int as active,
    count(*) filter (where p.checkpoint_start is not distinct from u.tier_achieved_at
      and p.checkpoint_end is not distinct from u.next_checkpoint_at)::int as snapshots
  from missions m join mission_progress p on p.client_id = m.client_id and p.mission_id = m.id
  join users u on u.client_id = p.client_id and u.id = p.user_id
  where m.display_name = $1`;

test("activating a draft creates exactly the rows that its button promises", async ({ console: page, ask }) => {
  const missions = new MissionsPage(page);
  await missions.open("aurora", "Dez mil reais");
  await expect(page.getByText(/Draft/).first()).toBeVisible();
  const promised = await missions.willBeCreated();
  expect(promised).toBeGreaterThan(0);

  await missions.button("Activate…").click();
  await missions.dialog.getByRole("button", { name: `Activate and create ${promised} rows` }).click();
  await expect(missions.dialog.getByText(`Created ${promised} rows (the preview said ${promised})`)).toBeVisible();

  expect(await ask(ROWS, ["Dez mil reais"])).toEqual([{ rows: promised, active: promised, snapshots: promised }]);
});

test("of two people who seed the same mission one creates the rows, the other none", async ({
  console: page,
  ownerSession,
  browser,
  baseURL,
  ask,
}) => {
  const first = new MissionsPage(page);
  await first.open("luma", "Gold Sprint");
  await first.button("Activate…").click();
  await first.dialog.getByRole("checkbox", { name: /missing rows? in the same step/ }).uncheck();
  await expect(first.dialog.getByRole("checkbox", { name: /rows in the same step/ })).toBeVisible();
  await first.dialog.getByRole("button", { name: "Activate", exact: true }).click();
  await expect(first.dialog.getByText(/No row was created/)).toBeVisible();
  await page.keyboard.press("Escape");

  const context = await browser.newContext({ baseURL: baseURL!, storageState: ownerSession });
  const second = new MissionsPage(await context.newPage());
  await second.open("luma", "Gold Sprint");
  await second.button(/^Seed .* creators?…$/).click();
  const confirm = second.dialog.getByRole("button", { name: /^Create [\d,]+ rows?$/ });
  await expect(confirm).toBeEnabled();
  const promised = numberIn(await confirm.innerText());

  await first.button(`Seed ${promised} creators…`).click();
  await first.dialog.getByRole("button", { name: `Create ${promised} rows` }).click();
  await expect(first.dialog.getByText(`Created ${promised} rows (the preview said ${promised}).`)).toBeVisible();
  await confirm.click();
  await expect(second.dialog.getByText(`0 created, ${promised} already there. Nothing to do.`)).toBeVisible();
  await context.close();

  expect(await ask(ROWS, ["Gold Sprint"])).toEqual([{ rows: promised, active: promised, snapshots: promised }]);
});

test("a mission whose light is red is activated only with its name typed, and the audit says what was overridden", async ({
  console: page,
  ask,
}) => {
  const name = "Creator Dinner LA";
  const missions = new MissionsPage(page);
  await missions.open("luma", name);
  await missions.button("1 problem").click();
  await expect(page.getByText(/asks for tier_6, a tier that the ladder does not have/)).toBeVisible();

  await missions.button("Activate…").click();
  const confirm = missions.dialog.getByRole("button", { name: "Activate", exact: true });
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  const typed = missions.dialog.getByLabel(`Type ${name} to activate it all the same`);
  await typed.fill("Creator Dinner");
  await confirm.hover();
  await expect(page.getByRole("tooltip")).toContainText("Type the mission's name first.");
  await typed.fill(name);
  await confirm.click();
  await expect(missions.dialog.getByText(/No row was created/)).toBeVisible();

  const after = await ask<{ after: unknown }>(
    "select after from audit_log where action = 'mission.activated' and subject_name = $1",
    [name],
  );
  expect(after).toEqual([{ after: { enabled: true, activated: true, overridden: ["mission_tier_unknown"] } }]);
});

test("a viewer reads everything and is told why the buttons are closed", async ({ page }) => {
  await new SignInPage(page).signIn(demo.viewer, demo.password);
  const missions = new MissionsPage(page);
  await missions.open("luma", "First Five");
  const deactivate = missions.button("Deactivate…");
  await expect(deactivate).toHaveAttribute("aria-disabled", "true");
  await deactivate.hover();
  await expect(page.getByRole("tooltip")).toContainText("You are a viewer of Luma Botanics; this needs an owner.");
});
