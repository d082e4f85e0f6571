import type { Page } from "@playwright/test";
import { expect, expectNoViolations, test } from "./fixtures.ts";

/** Every page of a client, below /c/luma. */
const paths = [
  "",
  "missions",
  "missions?view=coverage&drafts=true",
  "missions/new",
  "seedings",
  "creators",
  "creators?sort=rank",
  "redemptions",
  "sync",
  "import",
  "import/source",
  "schedule",
  "notifications",
  "digest",
  "health",
  "rewards",
  "tiers",
  "adjustments",
  "audit",
  "members",
];

for (const scheme of ["light", "dark"] as const) {
  test(`no page has an axe violation, an error or a sideways scroll in the ${scheme} scheme`, async ({
    console: page,
    ask,
  }) => {
    test.setTimeout(600_000);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const errors: string[] = [];
    page.on("console", (message) => message.type() === "error" && errors.push(`${page.url()}: ${message.text()}`));
    page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
    for (const path of [...paths, ...(await singlePages(ask))]) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(`/c/luma/${path}`);
      await settled(page);
      await expectNoViolations(page);
      await page.setViewportSize({ width: 360, height: 780 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${path} at 360 px`).toBeLessThanOrEqual(
        360,
      );
    }
    expect(errors).toEqual([]);
  });
}

test("a broken address says so inside the console, and a filter value that is no option is named", async ({
  console: page,
}) => {
  for (const path of ["digest?day=2026-99-99", "sync/abc", "missions/nope", "nowhere"]) {
    await page.goto(`/c/luma/${path}`);
    await expect(page.getByRole("heading", { level: 1, name: "Nothing is at this address" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Missions" }).first()).toBeVisible();
  }
  await page.goto("/c/luma/creators?tier=bar");
  await expect(page.getByRole("button", { name: "Tier “bar”" })).toBeVisible();
});

type Ask = (text: string) => Promise<{ id: string }[]>;

/** The pages of one thing: a mission with its tabs, a creator, a run, an import. */
async function singlePages(ask: Ask): Promise<string[]> {
  const luma = "(select id from clients where subdomain = 'luma')";
  const [mission] = await ask(`select id from missions where client_id = ${luma} and display_name = 'First Five'`);
  const [creator] = await ask(
    `select user_id as id from creator_ranks where client_id = ${luma} order by rank limit 1`,
  );
  const [run] = await ask(
    `select number::text as id from sync_runs where client_id = ${luma} and status = 'succeeded_with_warnings' limit 1`,
  );
  const [file] = await ask(`select id from imports where client_id = ${luma} and rejected > 0 limit 1`);
  const missionPage = `missions/${mission!.id}`;
  return [
    missionPage,
    `${missionPage}?ifTier=tier_2&ifTarget=3&near=target`,
    `${missionPage}?tab=progress`,
    `${missionPage}?tab=backtest`,
    `${missionPage}?tab=settings`,
    `${missionPage}?tab=history`,
    `${missionPage}/edit`,
    `creators/${creator!.id}`,
    `sync/${run!.id}`,
    `sync/${run!.id}?tab=rejected`,
    `sync/${run!.id}?tab=log`,
    `import/${file!.id}`,
  ];
}

/** The heading stands and no skeleton is left. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("[data-skeleton]")).toHaveCount(0);
}
