import { demo, expect, expectNoViolations, test } from "./fixtures.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

const UNKNOWN = `
  select u.id, u.tiktok_handle as handle, u.current_tier as tier from users u join clients c on c.id = u.client_id
  where c.subdomain = $1 and not exists (select from tiers t where t.client_id = u.client_id and t.tier_id = u.current_tier)
  order by u.tiktok_handle collate "C"`;

test("creators of an unknown tier are attached to one of the ladder: what the preview names is what is written", async ({
  console: page,
  ask,
}) => {
  const lost = await ask<{ id: string; handle: string; tier: string }>(UNKNOWN, ["luma"]);
  expect(lost.length).toBeGreaterThan(1);
  await page.goto("/c/luma/health");
  const row = page.getByRole("row", { name: /Creators with an unknown tier/ });
  await expect(row).toContainText(String(lost.length));

  await row.getByRole("link", { name: "Creators with an unknown tier" }).click();
  const records = page.getByRole("table", { name: "Creators with an unknown tier" });
  await expect(records.getByRole("rowheader")).toHaveText(lost.map(({ handle }) => `@${handle}`));
  await expectNoViolations(page);
  const drawer = page.getByRole("dialog", { name: "Creators with an unknown tier" });
  await drawer.getByRole("button", { name: "Attach to a tier…" }).click();

  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Attach", exact: true })).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("combobox", { name: "Attach to" }).click();
  await page.getByRole("option", { name: "Silver" }).click();
  await expect(dialog.getByText(`@${lost[0]!.handle}`)).toBeVisible();
  const confirm = dialog.getByRole("button", { name: `Attach ${lost.length} creators` });
  await expect(confirm).toBeEnabled();

  // one of them is put right elsewhere meanwhile: nothing is written, and the new preview says one less
  await ask("update users set current_tier = 'tier_1', next_checkpoint_at = null where id = $1", [lost[0]!.id]);
  await confirm.click();
  await expect(dialog.getByText("Nothing was written.")).toBeVisible();
  expect(await ask(UNKNOWN, ["luma"])).toHaveLength(lost.length - 1);
  const left = lost.length - 1;
  await dialog.getByRole("button", { name: `Attach ${left} creators` }).click();
  await expect(dialog.getByText(`Attached ${left} creators (the preview said ${left}).`)).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).last().click();

  await expect(page.getByText("Every creator's tier is in the ladder")).toBeVisible();
  expect(await ask(UNKNOWN, ["luma"])).toEqual([]);
  const silver = await ask<{ tier: string }>("select distinct current_tier as tier from users where id = any ($1)", [
    lost.slice(1).map(({ id }) => id),
  ]);
  expect(silver).toEqual([{ tier: "tier_2" }]);
  expect(
    await ask(
      "select actor_name as who, counts from audit_log where action = 'health.fixed' and subject_id = 'creators_unknown_tier'",
    ),
  ).toEqual([{ who: "Dana Reyes", counts: { changed: left } }]);
});

test("a finding muted with a reason is shown as muted, counts no more, and comes back when it is unmuted", async ({
  console: page,
}) => {
  const title = "Missions with an unknown tier";
  await page.goto("/c/luma/health?finding=missions_unknown_tier");
  const finding = page.getByRole("row", { name: new RegExp(title) });
  await expect(finding).toBeVisible();
  await page.getByRole("button", { name: "Mute…" }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill("It waits for the sixth tier");
  await page.getByRole("button", { name: /^Mute until / }).click();
  await expect(page.getByText("“It waits for the sixth tier” by Dana Reyes")).toBeVisible();
  await expect(finding).toHaveCount(0);
  await expectNoViolations(page);

  await page.reload();
  await page.getByRole("button", { name: `Unmute ${title}` }).click();
  await expect(finding).toBeVisible();
});

test("a viewer sees what is found and why they cannot put it right", async ({ page }) => {
  await new SignInPage(page).signIn(demo.viewer, demo.password);
  await page.goto("/c/aurora/health");
  const attach = page.getByRole("button", { name: "Attach to a tier…" });
  await expect(attach).toHaveAttribute("aria-disabled", "true");
  await attach.focus();
  await expect(page.getByRole("tooltip")).toContainText("You are a viewer of Casa Aurora; this needs an operator.");
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByText(/^exact, computed/)).toBeVisible();
});
