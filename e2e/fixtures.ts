/** What every browser test gets: the app's address, a signed-in page, and the database to look at. */
import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContextOptions, type Page, test as base, expect } from "@playwright/test";
import pg from "pg";
import { SignInPage } from "./pages/sign-in-page.ts";

/** The accounts of the demo programme; server/demo makes them and `npm start` prints the first. */
export const demo = { email: "owner@muster.demo", viewer: "viewer@muster.demo", password: "muster-demo-2026" };

interface Fixtures {
  /** runs a statement as the owner of the database, past row-level security, and answers its rows */
  ask: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** a page signed in as the demo's owner, still empty */
  console: Page;
}

interface WorkerFixtures {
  /**
   * The owner's session, signed in once for all tests: the sign-in limit counts on while one attempt follows another within a
   * minute, and a fast run of tests met it. Tests that sign out, or need a session of their own, sign in themselves.
   */
  ownerSession: NonNullable<BrowserContextOptions["storageState"]>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  baseURL: ({}, use) => use(process.env["E2E_BASE_URL"]),
  ownerSession: [
    async ({ browser }, use) => {
      const page = await browser.newPage({ baseURL: process.env["E2E_BASE_URL"]! });
      await new SignInPage(page).signIn(demo.email, demo.password);
      const session = await page.context().storageState();
      await page.close();
      await use(session);
    },
    { scope: "worker" },
  ],
  ask: async ({}, use) => {
    const client = new pg.Client(process.env["E2E_DATABASE_URL"]);
    await client.connect();
    await use(async (text, values) => (await client.query(text, values)).rows);
    await client.end();
  },
  console: async ({ page, ownerSession }, use) => {
    await page.context().setStorageState(ownerSession);
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
