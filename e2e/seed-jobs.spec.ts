/** A seeding too large to wait for: it goes on by itself, and its page follows it. */
import { expect, expectNoViolations, test } from "./fixtures.ts";
import { MissionsPage } from "./pages/missions-page.ts";

/** Just more pairs than a seeding creates while somebody waits. */
const [CREATORS, MISSIONS] = [10_001, 20];
const PAIRS = CREATORS * MISSIONS;
const ROWS = PAIRS.toLocaleString("en-US");

/** A programme of the demo's owner whose missions are for everybody. */
const GRAND = `
  with c as (insert into clients (name, subdomain) values ('Grand Beauty', 'grand') returning id),
    t as (insert into tiers (client_id, tier_id, tier_order, tier_name, checkpoint_exempt)
      select id, 'tier_1', 1, 'Bronze', true from c),
    r as (insert into rewards (client_id, type, name, value_data)
      select id, 'gift_card', 'Card', '{"amount": 5}' from c returning client_id, id),
    m as (insert into missions (client_id, title, mission_type, target_value, reward_id, enabled, activated)
      select client_id, 'Goal ' || g, 'videos', 10, id, true, true from r, generate_series(1, $2::int) g),
    o as (insert into memberships (client_id, admin_id, role)
      select c.id, a.id, 'owner' from c, admins a where a.email = 'owner@muster.demo')
  insert into users (client_id, tiktok_handle, current_tier) select c.id, 'grand.' || g, 'tier_1' from c, generate_series(1, $1::int) g`;
const OF_GRAND = "client_id = (select id from clients where subdomain = 'grand')";
const STANDING = `
  select (select count(*)::int from mission_progress where ${OF_GRAND}) as rows,
    (select count(*)::int from seeds where ${OF_GRAND}) as seeds,
    (select array_agg(status) from seed_jobs where ${OF_GRAND}) as jobs`;

test("a seeding of more than 200,000 rows is a job that its page follows, through a reload and in another tab", async ({
  console: page,
  ask,
}) => {
  test.slow();
  await ask(GRAND, [CREATORS, MISSIONS]);
  await ask("analyze users");
  const missions = new MissionsPage(page);
  await page.goto("/c/grand/missions");
  await missions.button("Seed everything…").click();
  await expect(missions.dialog.getByText(/created in the background/)).toBeVisible();
  await missions.dialog.getByRole("textbox").fill(ROWS);
  // Held before its first row, so that there is something to follow.
  await ask("begin");
  await ask(`insert into mission_progress (client_id, user_id, mission_id, status)
    select u.client_id, u.id, m.id, 'active' from users u join missions m using (client_id)
    where u.${OF_GRAND} order by u.id limit 1`);
  await missions.dialog.getByRole("button", { name: `Create ${ROWS} rows` }).click();

  await expect(page.getByRole("heading", { level: 1, name: /^Seed Goal \d+, Goal \d+, .*…$/ })).toBeVisible();
  await expect(page.getByText(`Creating ${ROWS} rows.`)).toBeVisible();
  await expectNoViolations(page);
  await page.reload();
  await expect(page.getByText(`Creating ${ROWS} rows.`)).toBeVisible();
  const other = await page.context().newPage();
  await other.goto("/c/grand/seedings");
  await other.getByRole("link", { name: "Follow it" }).click();
  await expect(other.getByText(`Creating ${ROWS} rows.`)).toBeVisible();

  await ask("rollback");
  for (const tab of [page, other]) {
    await expect(tab.getByText(`Created ${ROWS} rows (the plan said ${ROWS}).`)).toBeVisible({ timeout: 90_000 });
  }
  expect(await ask(STANDING)).toEqual([{ rows: PAIRS, seeds: 1, jobs: ["succeeded"] }]);
  await expectNoViolations(page);
  await page.getByRole("link", { name: "All seedings" }).click();
  await expect(page.getByRole("row", { name: new RegExp(`Goal.*${ROWS}`) })).toBeVisible();
  // The other tests know two programmes.
  await ask(`delete from memberships where ${OF_GRAND}`);
});
