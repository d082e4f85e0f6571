import { expect, type Page } from "@playwright/test";

/** Where a file comes in, and the check that follows. */
export class ImportPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async upload(client: string, file: { name: string; text: string }): Promise<void> {
    await this.page.goto(`/c/${client}/import`);
    await this.page
      .getByLabel("CSV file")
      .setInputFiles({ name: file.name, mimeType: "text/csv", buffer: Buffer.from(file.text, "utf8") });
  }

  async expectCheckOf(fileName: string): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name: `Check of ${fileName}` })).toBeVisible();
  }

  async importAndRun(rows: number): Promise<void> {
    await this.page.getByRole("button", { name: `Import ${rows} rows and run sync` }).click();
    await this.page.waitForURL(/\/sync\/\d+/);
  }
}
