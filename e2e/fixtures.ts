/** What every browser test gets: the app's address, a signed-in page, and the database to look at. */
import { AxeBuilder } from "@axe-core/playwright";
import { type Page, test as base, expect } from "@playwright/test";
import pg from "pg";
import { SignInPage } from "./pages/sign-in-page.ts";

/** The accounts of the demo programme; server/demo makes them and `npm start` prints the first. */
export const demo = { email: "owner@muster.demo", viewer: "viewer@muster.demo", password: "muster-demo-2026" };

interface Fixtures {
  /** runs a statement as the owner of the database, past row-level security, and answers its rows */
  ask: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** a page signed in as the demo's owner, on the first client's overview */
  console: Page;
}

export const test = base.extend<Fixtures>({
  baseURL: ({}, use) => use(process.env["E2E_BASE_URL"]),
  ask: async ({}, use) => {
    const client = new pg.Client(process.env["E2E_DATABASE_URL"]);
    await client.connect();
    await use(async (text, values) => (await client.query(text, values)).rows);
    await client.end();
  },
  console: async ({ page }, use) => {
    await new SignInPage(page).signIn(demo.email, demo.password);
    await use(page);
  },
});
export { expect };

/** Fails with the names of what axe finds on the page as it stands. */
export async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(
      (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(" ")).join(", ")}`,
    ),
  ).toEqual([]);
}
