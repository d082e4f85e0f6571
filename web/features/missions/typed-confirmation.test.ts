import { describe, expect, it } from "vitest";
import { awaitsName, awaitsTyping } from "./typed-confirmation.tsx";

describe("the typed confirmation", () => {
  it("is asked above 10,000 rows only", () => {
    expect(awaitsTyping(10_000, "")).toBe(false);
    expect(awaitsTyping(10_001, "")).toBe(true);
  });

  it("takes the number with or without separators, and no other", () => {
    expect(awaitsTyping(12_345, "12,345")).toBe(false);
    expect(awaitsTyping(12_345, " 12345 ")).toBe(false);
    expect(awaitsTyping(12_345, "12,344")).toBe(true);
  });

  it("of a name takes it as it is written, whatever stands around it", () => {
    expect(awaitsName("Gold Sprint", " Gold Sprint ")).toBe(false);
    expect(awaitsName("Gold Sprint", "gold sprint")).toBe(true);
    expect(awaitsName("Gold Sprint", "")).toBe(true);
  });
});
