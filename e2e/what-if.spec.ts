import { expect, test } from "./fixtures.ts";
import { MissionsPage, numberIn } from "./pages/missions-page.ts";

const TERMS = "select tier_eligibility as tier, target_value::text as target from missions where display_name = $1";

test("supposing a lower tier shows who would come in, survives a reload, closes what writes, and saves nothing", async ({
  console: page,
  ask,
}) => {
  const missions = new MissionsPage(page);
  await missions.open("luma", "Loved by Gold");
  const before = await missions.willBeCreated();
  const saved = await ask(TERMS, ["Loved by Gold"]);

  const hint = missions.button(/^accept Silver: /);
  const added = numberIn(await hint.innerText());
  await hint.click();
  const supposed = page.getByRole("tab", { name: /will be created/ });
  await expect(supposed).toContainText(String(before + added));
  await expect(page.getByText("If it were for Silver or higher,")).toBeVisible();
  await expect(missions.button(/^Seed /)).toHaveAttribute("aria-disabled", "true");

  await page.reload();
  await expect(supposed).toContainText(String(before + added));
  await missions.button("Reset").click();
  await expect(page.getByText("If it were for")).toHaveCount(0);
  await expect(supposed).toContainText(String(before));
  expect(await ask(TERMS, ["Loved by Gold"])).toEqual(saved);
});

test("the form of a new mission counts while it is written, and nothing of it is in the database", async ({
  console: page,
  ask,
}) => {
  const standing = "select count(*)::int as missions, (select count(*)::int from audit_log) as entries from missions";
  const before = await ask(standing);
  await page.goto("/c/luma/missions/new");
  const numbers = page.getByRole("region", { name: "Who would get it" });
  const [all] = await ask<{ creators: number; gold: number }>(
    `select count(*)::int as creators, count(*) filter (where current_tier in ('tier_3', 'tier_4'))::int as gold
     from users where client_id = (select id from clients where subdomain = 'luma')`,
  );
  const headline = (count: number) =>
    numbers.getByText(`${count.toLocaleString("en-US")} of ${all!.creators.toLocaleString("en-US")} creators`);
  await expect(headline(all!.creators)).toBeVisible();
  await page.getByLabel("Target").fill("1000");
  await page.getByRole("combobox", { name: "Tier", exact: true }).click();
  await page.getByRole("option", { name: "Gold or higher" }).click();
  await expect(headline(all!.gold)).toBeVisible();
  await numbers.getByRole("button", { name: /^accept Silver: / }).click();
  await expect(page.getByRole("combobox", { name: "Tier", exact: true })).toHaveValue("Silver or higher");
  expect(await ask(standing)).toEqual(before);
});
