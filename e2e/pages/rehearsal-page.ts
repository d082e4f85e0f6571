import { expect, type Page } from "@playwright/test";

/** What a rehearsal said, and the run of the same night beside it. */
export class RehearsalPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until all steps were played. */
  async expectPlayed(): Promise<void> {
    await this.page.waitForURL(/\/sync\/rehearsals\//);
    await expect(this.page.getByText("Nothing of this was written.")).toBeVisible({ timeout: 45_000 });
  }

  /** The steps as they stand on this page or on a run's: name, what went in and out, what it said. */
  async steps(): Promise<string[]> {
    const rows = this.page.getByRole("main").getByRole("listitem");
    await expect(rows.filter({ hasText: /Redemptions/ }).filter({ hasText: /made/ })).toBeVisible({ timeout: 45_000 });
    const texts = await rows.allInnerTexts();
    // How long it took is each one's own.
    return texts.map((text) => text.replaceAll(/\s+/g, " ").replace(/ [\d.]+ s$/, ""));
  }

  tab(name: string | RegExp) {
    return this.page.getByRole("tab", { name });
  }
}
