import { demo, expect, expectNoViolations, test } from "./fixtures.ts";
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
  await expect(missions.dialog.getByText(`Created ${promised} rows (the plan said ${promised})`)).toBeVisible();

  expect(await ask(ROWS, ["Dez mil reais"])).toEqual([{ rows: promised, active: promised, snapshots: promised }]);
});

test("of two people who seed the same mission one creates the rows, the other is told by name whose rows are there", async ({
  console: page,
  ownerSession,
  browser,
  baseURL,
  ask,
}) => {
  test.slow(); // two consoles at once
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
  await expect(first.dialog.getByText(`Created ${promised} rows (the plan said ${promised}).`)).toBeVisible();
  await confirm.click();
  const seeded = second.dialog.getByRole("table", { name: "Seeded meanwhile" });
  await expect(seeded.getByRole("rowheader")).toHaveCount(promised);
  await expect(second.dialog.getByText(`It would be 0 now: ${promised} were seeded meanwhile`)).toBeVisible();
  await second.dialog.getByRole("button", { name: "Use the new plan" }).click();
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

const LUMA = "(select id from clients where subdomain = 'luma')";

type Ask = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

/** A mission for Gold or higher that nobody has yet, made by another writer. */
async function aMission(ask: Ask, name: string, isEnabled: boolean): Promise<void> {
  await ask(
    `insert into missions (client_id, title, display_name, mission_type, target_value, tier_eligibility, enabled, reward_id)
     select ${LUMA}, $1, $1, 'sales_dollars', 5000, 'tier_3', $2, (select id from rewards where client_id = ${LUMA} limit 1)`,
    [name, isEnabled],
  );
}

/** Lifts the first Silver creator to Gold, as another writer would, and answers the handle. */
async function promote(ask: Ask): Promise<string> {
  const [risen] = await ask<{ handle: string }>(`
    update users set current_tier = 'tier_3' where client_id = ${LUMA} and id = (
      select id from users where client_id = ${LUMA} and current_tier = 'tier_2' order by tiktok_handle limit 1)
    returning tiktok_handle as handle`);
  return risen!.handle;
}

/** Whose rows a mission has, and who is Gold or higher now. */
const HOLDERS = `select u.tiktok_handle as handle from mission_progress p
  join missions m on m.client_id = p.client_id and m.id = p.mission_id
  join users u on u.client_id = p.client_id and u.id = p.user_id where m.display_name = $1 order by 1`;
const GOLD = `select tiktok_handle as handle from users
  where client_id = ${LUMA} and current_tier in ('tier_3', 'tier_4') order by 1`;

test("a plan that was overtaken is refused with the creator's name, and one click later the new one is seeded", async ({
  console: page,
  ask,
}) => {
  test.slow(); // axe reads the dialog three times
  await page.emulateMedia({ reducedMotion: "reduce" });
  await aMission(ask, "Overtaken", true);
  const missions = new MissionsPage(page);
  await missions.open("luma", "Overtaken");
  const planned = await missions.willBeCreated();
  const handle = await promote(ask);

  await missions.button(`Seed ${planned} creators…`).click();
  await missions.dialog.getByRole("button", { name: `Create ${planned} rows` }).click();
  await expect(missions.dialog.getByText("Nothing was written.")).toBeVisible();
  await expect(missions.dialog.getByText(`said ${planned}. It would be ${planned + 1} now: 1 came.`)).toBeVisible();
  const came = missions.dialog.getByRole("table", { name: "Would get it now" });
  await expect(came.getByRole("link", { name: `@${handle}` })).toBeVisible();
  await expect(came.getByText("Silver, now Gold")).toBeVisible();
  expect(await ask(HOLDERS, ["Overtaken"])).toEqual([]);

  const confirm = missions.dialog.getByRole("button", { name: `Use the new plan: create ${planned + 1} rows` });
  await expect(confirm).toBeEnabled();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoViolations(page);
  }
  await page.setViewportSize({ width: 360, height: 780 });
  await expect(missions.dialog.getByRole("list", { name: "Would get it now" })).toContainText(`@${handle}`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await expectNoViolations(page);
  await page.setViewportSize({ width: 1440, height: 900 });

  await confirm.click();
  await expect(
    missions.dialog.getByText(`Created ${planned + 1} rows (the new plan said ${planned + 1}).`),
  ).toBeVisible();
  expect(await ask(HOLDERS, ["Overtaken"])).toEqual(await ask(GOLD));
});

/** A plan never changes: only past the trigger that holds it can a test bring its end nearer. */
const EXPIRE = `
  begin;
  alter table seed_plans disable trigger seed_plans_stay_as_shown;
  update seed_plans set expires_at = computed_at + interval '1 millisecond'
  where mission_ids = array[(select id from missions where title = 'Expired Plan')];
  alter table seed_plans enable trigger seed_plans_stay_as_shown;
  commit`;

test("a refused plan stays readable at its own address, and an expired one is replaced the same way", async ({
  console: page,
  ask,
}) => {
  await aMission(ask, "Expired Plan", true);
  const missions = new MissionsPage(page);
  await missions.open("luma", "Expired Plan");
  const planned = await missions.willBeCreated();
  await ask(EXPIRE);
  const handle = await promote(ask);

  await missions.button(`Seed ${planned} creators…`).click();
  await page.keyboard.press("Control+Enter");
  await expect(missions.dialog.getByText(/This plan expired .* Nothing was written\./)).toBeVisible();
  await expect(missions.dialog.getByRole("link", { name: `@${handle}` })).toBeVisible();
  const link = missions.dialog.getByRole("link", { name: /^Plan pl_/ }).first();
  await page.goto((await link.getAttribute("href"))!);
  await expect(page.getByRole("heading", { level: 1, name: /^Plan pl_/ })).toBeVisible();
  await expect(page.getByText(`${planned} rows`, { exact: true })).toBeVisible();
  await expect(page.getByRole("table", { name: "Would get it now" }).getByText(`@${handle}`)).toBeVisible();
  await expectNoViolations(page);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(await ask(HOLDERS, ["Expired Plan"])).toEqual([]);
});

test("an activation is refused the same way, and its mission sleeps on", async ({ console: page, ask }) => {
  await aMission(ask, "Rude Awakening", false);
  const missions = new MissionsPage(page);
  await missions.open("luma", "Rude Awakening");
  const planned = await missions.willBeCreated();
  const handle = await promote(ask);

  await missions.button("Activate…").click();
  await missions.dialog.getByRole("button", { name: `Activate and create ${planned} rows` }).click();
  await expect(missions.dialog.getByRole("link", { name: `@${handle}` })).toBeVisible();
  expect(await ask("select enabled, activated from missions where title = 'Rude Awakening'")).toEqual([
    { enabled: false, activated: false },
  ]);
  await missions.dialog
    .getByRole("button", { name: `Use the new plan: activate and create ${planned + 1} rows` })
    .click();
  await expect(missions.dialog.getByText(`Created ${planned + 1} rows (the plan said ${planned + 1})`)).toBeVisible();
  expect(await ask(HOLDERS, ["Rude Awakening"])).toEqual(await ask(GOLD));
});

test("everything that is enabled is seeded as one plan", async ({ console: page, ask }) => {
  await aMission(ask, "First of Many", true);
  await aMission(ask, "Second of Many", true);
  await page.goto("/c/luma/missions");
  const missions = new MissionsPage(page);
  await missions.button("Seed everything…").click();
  const gold = await ask(GOLD);
  for (const name of ["First of Many", "Second of Many"]) {
    const row = missions.dialog.getByRole("row", { name: new RegExp(name) });
    await expect(row.getByRole("cell").first()).toHaveText(String(gold.length));
  }
  const confirm = missions.dialog.getByRole("button", { name: /^Create [\d,]+ rows$/ });
  await expect(confirm).toBeEnabled();
  await expectNoViolations(page);
  const promised = (await confirm.innerText()).replace("Create ", "").split(" ")[0]!;
  await page.keyboard.press("Control+Enter");
  await expect(missions.dialog.getByText(`Created ${promised} rows (the plan said ${promised}).`)).toBeVisible();
  expect(await ask(HOLDERS, ["First of Many"])).toEqual(gold);
  expect(await ask(HOLDERS, ["Second of Many"])).toEqual(gold);
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
