import { demo, expect, test } from "./fixtures.ts";
import { SignInPage } from "./pages/sign-in-page.ts";

test("a wrong password is refused in a sentence, the right one opens the console", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Email", { exact: true }).fill(demo.email);
  await page.getByLabel("Password", { exact: true }).fill("not-the-password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await new SignInPage(page).signIn(demo.email, demo.password);
  await expect(page.getByRole("link", { name: "Missions", exact: true })).toBeVisible();
});

test("signing out closes the console", async ({ page, ask }) => {
  await new SignInPage(page).signIn(demo.email, demo.password);
  const before = await ask<{ count: number }>("select count(*)::int as count from admin_sessions");
  await page.getByRole("button", { name: /Dana Reyes/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/c/luma/missions");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  const after = await ask<{ count: number }>("select count(*)::int as count from admin_sessions");
  expect(after[0]!.count).toBe(before[0]!.count - 1);
});

test("the palette opens by its key and closes by Escape; the next visit begins where the last one was", async ({
  console: page,
}) => {
  await page.goto("/c/luma/missions");
  await expect(page.getByRole("heading", { level: 1, name: "Missions" })).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search or do" });
  await palette.getByRole("textbox", { name: "Search or do" }).fill("gold");
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
  await page.goto("/");
  await page.waitForURL(/\/c\/luma/);
});
