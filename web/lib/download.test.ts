import { describe, expect, it } from "vitest";
import { csvOf } from "./download.ts";

describe("rows as CSV", () => {
  it("quotes commas, quotes and line breaks, and ends every line", () => {
    expect(csvOf([["a", "b,c", 'say "x"', "two\nlines"]])).toBe('a,"b,c","say ""x""","two\nlines"\r\n');
  });

  it("keeps a spreadsheet from running a text, and leaves numbers alone", () => {
    expect(csvOf([["=1+1", "@someone", "-5.20"]])).toBe("'=1+1,'@someone,-5.20\r\n");
  });
});
