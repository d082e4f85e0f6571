import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "playwright";
import { PROJECT_ROOT } from "../../server/env.ts";
import { signInOne } from "../admins.ts";
import type { Bench } from "../bench.ts";
import type { Ground } from "../ground.ts";
import { median } from "../measure.ts";
import { seeded } from "../pipeline.ts";
import { result } from "../result.ts";
import { withServer } from "../server-process.ts";

const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
/** The pages between which an admin goes, by their names in the sidebar. */
const PAGES = ["Missions", "Creators", "Redemptions", "Rewards"];
const SCREENS = 40;
const NOBODY = 210;

export const browserBench: Bench = {
  name: "browser",
  about:
    "changing pages, and scrolling the list of creators, in a browser that is installed already; nothing without one",
  isCheap: false,
  run: async (ground) => {
    const path = installedBrowser();
    if (
      path === null ||
      !existsSync(join(PROJECT_ROOT, "dist", "web", "index.html")) ||
      ground.size.label === "smoke"
    ) {
      return [];
    }
    await seeded(ground);
    return withServer(ground, async ({ address }) => {
      const browser = await chromium.launch({ executablePath: path, args: ARGS });
      try {
        const page = await signedIn(await browser.newPage({ viewport: { width: 1440, height: 900 } }), ground, address);
        // The first visit to a page loads its script; the ones after it are what an admin feels.
        await changeAll(page);
        const changes = [...(await changeAll(page)), ...(await changeAll(page)), ...(await changeAll(page))];
        const { rows, longest } = await scroll(page);
        return [
          result("browser.page_change", median(changes), "ms", 100),
          result("browser.scroll_longest_task", longest, "ms", 50),
          result("browser.rows_in_page", rows, "rows", 99),
        ];
      } finally {
        await browser.close();
      }
    });
  },
};

function installedBrowser(): string | null {
  const known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", chromium.executablePath()];
  return known.find((path) => path !== "" && existsSync(path)) ?? null;
}

async function signedIn(page: Page, ground: Ground, address: string): Promise<Page> {
  const cookies = (await signInOne(ground, address, NOBODY)).split("; ").map((cookie) => {
    const at = cookie.indexOf("=");
    return { name: cookie.slice(0, at), value: cookie.slice(at + 1), url: address };
  });
  await page.context().addCookies(cookies);
  await page.goto(`${address}/c/${ground.settings.subdomain}`);
  await page.getByRole("link", { name: "Missions", exact: true }).first().waitFor();
  return page;
}

/** Milliseconds from each click in the sidebar to the page that it names. */
async function changeAll(page: Page): Promise<number[]> {
  const taken: number[] = [];
  for (const name of PAGES) {
    const link = page.getByRole("link", { name, exact: true }).first();
    taken.push(await link.evaluate(clickAndWait, name));
    await page.waitForLoadState("networkidle");
  }
  return taken;
}

/** Runs in the page, whose clock knows nothing of the way from here to there. No function in it has a name: tsx would wrap it. */
async function clickAndWait(link: HTMLElement | SVGElement, name: string): Promise<number> {
  const started = performance.now();
  (link as HTMLElement).click();
  while (document.querySelector("main h1")?.textContent?.trim() !== name) {
    if (performance.now() - started > 10_000) throw new Error(`The page ${name} did not come.`);
    await new Promise((done) => requestAnimationFrame(done));
  }
  return performance.now() - started;
}

/** Scrolls the list of creators down screen by screen; the most rows that stood in the page, and the longest task. */
async function scroll(page: Page): Promise<{ rows: number; longest: number }> {
  await page.getByRole("link", { name: "Creators", exact: true }).first().click();
  await page.locator("main tbody tr").first().waitFor();
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { benchTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
  });
  let rows = 0;
  for (let screen = 0; screen < SCREENS; screen += 1) {
    await page.mouse.move(720, 500);
    await page.mouse.wheel(0, 700);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    rows = Math.max(rows, await page.locator("main tbody tr").count());
  }
  // Tasks below 50 ms are not told of: nothing is as good as 0.
  const tasks = await page.evaluate(() => (globalThis as unknown as { benchTasks: number[] }).benchTasks);
  return { rows, longest: Math.max(0, ...tasks) };
}
