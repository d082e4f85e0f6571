import { expect, expectNoViolations, test } from "./fixtures.ts";
import { MissionsPage } from "./pages/missions-page.ts";

const LUMA = "(select id from clients where subdomain = 'luma')";
const NAMES = ["Bulk Sales", "Bulk Views"];

/** Two missions for Gold or higher that nobody has yet, made by another writer. */
const TWO_MISSIONS = `
  insert into missions (client_id, title, display_name, mission_type, target_value, tier_eligibility, enabled, reward_id)
  select ${LUMA}, m.name, m.name, m.type, 5000, 'tier_3', true, (select id from rewards where client_id = ${LUMA} limit 1)
  from (values ('Bulk Sales', 'sales_dollars'), ('Bulk Views', 'views')) m (name, type)`;
/** Lifts the first Silver creator to Gold, as another writer would. */
const PROMOTE = `
  update users set current_tier = 'tier_3' where client_id = ${LUMA} and id = (
    select id from users where client_id = ${LUMA} and current_tier = 'tier_2' order by tiktok_handle limit 1)
  returning tiktok_handle as handle`;
const GOLD = `select tiktok_handle as handle from users
  where client_id = ${LUMA} and current_tier in ('tier_3', 'tier_4') order by 1`;
/** Whose rows a mission has, and by how many seedings they came. */
const HOLDERS = `
  select u.tiktok_handle as handle from mission_progress p
  join missions m on m.client_id = p.client_id and m.id = p.mission_id
  join users u on u.client_id = p.client_id and u.id = p.user_id where m.display_name = $1 order by 1`;
const SEEDINGS = `
  select count(distinct p.seed_id)::int as seedings from mission_progress p
  join missions m on m.client_id = p.client_id and m.id = p.mission_id where m.display_name = any ($1)`;

test("a plan of two missions that a changed tier overtook is refused naming the creator, and the new one seeds both at once", async ({
  console: page,
  ask,
}) => {
  test.slow(); // the preview of the programme, twice
  await ask(TWO_MISSIONS);
  const before = await ask<{ handle: string }>(GOLD);
  const missions = new MissionsPage(page);
  await page.goto("/c/luma/missions");
  for (const name of NAMES) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  await missions.button("Seed selected…").click();
  const planned = before.length * 2;
  const confirm = missions.dialog.getByRole("button", { name: `Create ${planned} rows` });
  await expect(confirm).toBeEnabled();

  const [risen] = await ask<{ handle: string }>(PROMOTE);
  await confirm.click();
  await expect(missions.dialog.getByText("Nothing was written.")).toBeVisible();
  await expect(missions.dialog.getByText(`said ${planned}. It would be ${planned + 2} now: 2 came.`)).toBeVisible();
  const came = missions.dialog.getByRole("table", { name: "Would get it now" });
  for (const name of NAMES) {
    const row = came.getByRole("row").filter({ hasText: name });
    await expect(row.getByRole("link", { name: `@${risen!.handle}` })).toBeVisible();
    await expect(row.getByText("Silver, now Gold")).toBeVisible();
    expect(await ask(HOLDERS, [name])).toEqual([]);
  }
  await expectNoViolations(page);

  const again = missions.dialog.getByRole("button", { name: `Use the new plan: create ${planned + 2} rows` });
  await expect(again).toBeEnabled();
  await again.click();
  await expect(
    missions.dialog.getByText(`Created ${planned + 2} rows (the new plan said ${planned + 2}).`),
  ).toBeVisible();
  const gold = await ask(GOLD);
  expect(gold).toHaveLength(before.length + 1);
  for (const name of NAMES) expect(await ask(HOLDERS, [name])).toEqual(gold);
  expect(await ask(SEEDINGS, [NAMES])).toEqual([{ seedings: 1 }]);
});
