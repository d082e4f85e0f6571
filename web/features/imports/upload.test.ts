import { describe, expect, it } from "vitest";
import { readAnswer, UploadRefused } from "./upload.ts";

const importId = "0197a1de-7a44-7c3c-9d1e-3f1f7a6f2b11";

function refusalOf(status: number, body: unknown): UploadRefused {
  try {
    readAnswer(status, typeof body === "string" ? body : JSON.stringify(body));
  } catch (error) {
    if (error instanceof UploadRefused) {
      return error;
    }
  }
  throw new Error("it was not refused");
}

describe("the answer to an upload", () => {
  it("is the id of the stored file", () => {
    expect(readAnswer(200, JSON.stringify({ importId }))).toBe(importId);
  });

  it("names the columns that a refused file lacks and has too many", () => {
    const refusal = refusalOf(422, {
      message: 'The header lacks "Units Sold".',
      code: "file_refused",
      details: { code: "column_missing", missing: ["Units Sold"], extra: ["Units"] },
    });
    expect(refusal).toMatchObject({ missing: ["Units Sold"], extra: ["Units"], isRefusal: true });
    expect(refusal.message).toBe('The header lacks "Units Sold".');
  });

  it("keeps the sentence of a refusal without details", () => {
    const refusal = refusalOf(403, { message: "This needs an operator.", code: "forbidden" });
    expect(refusal).toMatchObject({ message: "This needs an operator.", missing: [], isRefusal: false });
  });

  it("has a sentence for what a proxy answers", () => {
    expect(refusalOf(413, "<html>too large</html>").message).toBe("The file is larger than the server takes.");
    expect(refusalOf(502, "<html>bad gateway</html>").message).toMatch(/cannot be read/);
  });
});
