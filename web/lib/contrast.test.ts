import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { relativeLuminance, textOn } from "./contrast.ts";

describe("text on a client's colour", () => {
  it("is white on dark grounds and black on light ones", () => {
    expect(textOn("#3d5a4c")).toBe("#ffffff");
    expect(textOn("#e0b040")).toBe("#000000");
    expect(textOn("not a colour")).toBe("#ffffff");
  });
  it("always reaches 4.5:1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xff_ff_ff }), (value) => {
        const hex = `#${value.toString(16).padStart(6, "0")}`;
        const [one, other] = [relativeLuminance(hex), relativeLuminance(textOn(hex))];
        expect((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});
