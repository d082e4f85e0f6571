import { expect, type Locator, type Page } from "@playwright/test";

/** The list of missions and the page of one. */
export class MissionsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(client: string, mission: string): Promise<void> {
    await this.page.goto(`/c/${client}/missions`);
    await this.page.getByRole("link", { name: mission, exact: true }).click();
    await expect(this.page.getByRole("heading", { level: 1, name: mission })).toBeVisible();
  }

  /** The number that the sum line gives to "will be created". */
  async willBeCreated(): Promise<number> {
    const term = this.page.getByRole("tab", { name: /will be created/ });
    await expect(term).toHaveText(/\d/);
    return numberIn(await term.innerText());
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name });
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }
}

/** The first whole number in a text, written with thousands separators. */
export function numberIn(text: string): number {
  return Number(/\d[\d,]*/.exec(text)![0].replaceAll(",", ""));
}
