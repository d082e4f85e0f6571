import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, it } from "vitest";
import { csvLines } from "../csv/rules.ts";
import { asItWas, asReturnable } from "./returned-rules.ts";

it("a rejected cell comes back as it was, whatever was in it", () => {
  const cell = fc.string({ unit: fc.constantFrom(...Array.from("='+-@ab1,;\" \t\r\n\0")), maxLength: 14 });
  fc.assert(
    fc.property(cell, (text) => {
      const [[sent]] = parse(csvLines([[asReturnable(text), "x"]], "next")) as [[string]];
      expect(asItWas(sent)).toBe(text);
    }),
    { numRuns: 3_000 },
  );
});
