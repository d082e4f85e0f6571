import { describe, expect, it } from "vitest";
import { shortSeedName } from "./seed-words.ts";

describe("the name of a seeding", () => {
  const long = "A mission whose title goes on for as long as a title may, and says all there is to be said of it";

  it("is left as it is where it is short, whatever its commas mean", () => {
    expect(shortSeedName("Push, win, repeat", 80)).toBe("Push, win, repeat");
    expect(shortSeedName("all missions", 80)).toBe("all missions");
  });

  it("of many missions is its beginning, up to the end of a title", () => {
    expect(shortSeedName(Array(200).fill("First Five").join(", "), 80)).toBe(
      `${Array(6).fill("First Five").join(", ")}, …`,
    );
  });

  it("keeps at least its first words, and all of them where there is no comma", () => {
    const unbroken = long.replace(",", "");
    expect(shortSeedName(unbroken, 80)).toBe(unbroken);
    expect(shortSeedName(`${unbroken}, Raffle`, 80)).toBe(`${unbroken}, …`);
    expect(shortSeedName(long, 80)).toBe("A mission whose title goes on for as long as a title may, …");
  });
});
