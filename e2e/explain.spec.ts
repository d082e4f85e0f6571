import { expect, expectNoViolations, test } from "./fixtures.ts";
import { MissionsPage } from "./pages/missions-page.ts";

test("why a creator does not qualify is read by keyboard, and a colleague's link shows the same", async ({
  console: page,
  ownerSession,
  browser,
  baseURL,
  ask,
}) => {
  const missions = new MissionsPage(page);
  await missions.open("luma", "Loved by Gold");
  await page.getByRole("tab", { name: /not eligible/ }).click();
  const list = page.getByRole("table", { name: "Creators" });
  const handles = list.getByRole("rowheader").getByRole("link");
  await expect(page).toHaveURL(/bucket=not_eligible/);
  await expect(list.getByRole("cell", { name: /needs Gold or higher/ }).first()).toBeVisible();
  // The list of before stays until the new one is there, and it may hold one creator of a fitting tier.
  await expect(handles.nth(1)).toBeVisible();
  const [first, second] = [await handles.nth(0).innerText(), await handles.nth(1).innerText()];

  await handles.first().focus();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: first });
  await expect(drawer.getByRole("heading", { name: "No: the tier is too low" })).toBeVisible();
  await expect(drawer.getByText(new RegExp(`^Loved by Gold asks for Gold or higher; ${first} is `))).toBeVisible();
  await expect(drawer.getByRole("row").nth(1)).toContainText("Tier high enough");
  await expectNoViolations(page);

  await page.keyboard.press("j");
  const next = page.getByRole("dialog", { name: second });
  await expect(next.getByText(new RegExp(`; ${second} is `))).toBeVisible();
  const [row] = await ask<{ handle: string }>("select tiktok_handle as handle from users where id = $1", [
    new URL(page.url()).searchParams.get("creator"),
  ]);
  expect(`@${row!.handle}`).toBe(second);
  const told = await next.innerText();

  const context = await browser.newContext({ baseURL: baseURL!, storageState: ownerSession });
  const colleague = await context.newPage();
  await colleague.goto(page.url());
  const same = colleague.getByRole("dialog", { name: second });
  await expect(same.getByText(new RegExp(`; ${second} is `))).toBeVisible();
  await expect(async () => expect(await same.innerText()).toBe(told)).toPass();
  await context.close();

  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(handles.nth(1)).toBeFocused();
  await expect(page).not.toHaveURL(/creator=/);
});
