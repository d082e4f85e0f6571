import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { MAX_RECORD_BYTES, openCsv } from "./parse.ts";
import { refusalCodeOf } from "./rules.ts";
import { csvColumns } from "./schema.ts";

const header = csvColumns.join(",");
const row = (title: string) => `maria,74001,10,2,1,9.50,2.27,3,2026-11-19,${title}`;

/** The bytes in chunks of `size`. */
async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function readAll(content: string | Buffer, size = 64 * 1024) {
  const csv = await openCsv(chunked(Buffer.from(content), size));
  const records = [];
  for await (const batch of csv.batches) records.push(...batch);
  return { columns: csv.columns, extra: csv.extraColumns, records };
}

/** The title and line of every row. */
async function titles(content: string | Buffer, size?: number) {
  const { records } = await readAll(content, size);
  return records.map(({ line, cells }) => [line, cells[9]]);
}

function refusedAs(content: string | Buffer, size?: number) {
  return readAll(content, size).then(
    () => null,
    (error: unknown) => refusalCodeOf(error) ?? error,
  );
}

describe("a file is read", () => {
  it("with the line of the file that each row starts at, whatever is between and inside them", async () => {
    const content = `\uFEFF\r\n${header}\r\n${row("one")}\r\n\r\n   \r\n${row('"two,\r\n\r\n""quoted"" 💄"')}\r\n${row("three")}\n${row("four")}`;
    const expected = [
      [3, "one"],
      [6, 'two,\r\n\r\n"quoted" 💄'],
      [9, "three"],
      [10, "four"],
    ];
    expect(await titles(content)).toEqual(expected);
    // A character, a quote or a line end may be cut anywhere.
    for (const size of [1, 2, 3, 7, 61]) expect(await titles(content, size)).toEqual(expected);
  });

  it("with line ends of an old Mac", async () => {
    expect(await titles([header, row("one"), row("two")].join("\r"))).toEqual([
      [2, "one"],
      [3, "two"],
    ]);
  });

  it("with a quote inside a cell as a character, and ragged rows as they are", async () => {
    const { records } = await readAll(`${header}\n${row('5" heels')}\nmaria\n${row("a")},b,c\n`);
    expect(records.map(({ cells }) => cells.length)).toEqual([10, 1, 12]);
    expect(records[0]!.cells[9]).toBe('5" heels');
  });

  it("as no rows where there is nothing, or a header alone", async () => {
    for (const content of ["", "\uFEFF", "\r\n \r\n"])
      expect(await readAll(content)).toMatchObject({ columns: null, records: [] });
    expect(await readAll(header)).toMatchObject({ columns: { width: 10 }, records: [] });
    expect(await readAll(`\uFEFF${header}\r\n\r\n`)).toMatchObject({ columns: { width: 10 }, records: [] });
  });

  it("with the extra columns named, and a NUL in a cell left to the row's judgement", async () => {
    const { extra, records } = await readAll(`Note,${header}\nhi,${row("a\0b")}\n`);
    expect(extra).toEqual(["Note"]);
    expect(records[0]!.cells[10]).toBe("a\0b");
  });
});

describe("a file is refused", () => {
  const text = `${header}\n${row("naïve")}\n`;
  const utf16 = (bom: string) => Buffer.from(`${bom}${text}`, "utf16le");

  it.each<[string, string | Buffer, string]>([
    ["a ZIP archive", Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(100, 7)]), "not_csv"],
    [
      "a PNG image",
      Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), Buffer.alloc(100)]),
      "not_csv",
    ],
    ["a JPEG image", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), "not_csv"],
    ["a gzipped CSV", gzipSync(text), "not_csv"],
    ["a PDF", "%PDF-1.7 …", "not_csv"],
    ["other binary data", Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251)), "not_csv"],
    ["binary data that is valid UTF-8", `\x01\x02\x03 some\x00thing\n${row("a")}`, "not_csv"],
    ["UTF-16 with a mark", utf16("\uFEFF"), "wrong_encoding"],
    ["UTF-16 without one", utf16(""), "wrong_encoding"],
    ["UTF-16 of the other byte order", utf16("").swap16(), "wrong_encoding"],
    ["Latin-1", Buffer.from(text, "latin1"), "wrong_encoding"],
    ["a character cut off at the end", Buffer.from(text.trimEnd() + "é").subarray(0, -1), "wrong_encoding"],
    ["a web page", "<!doctype html><html><body>Sign in</body></html>", "column_missing"],
    ["a column missing", `${header.replace("GMV", "Sales")}\n${row("a")}`, "column_missing"],
    ["semicolons", text.replaceAll(",", ";"), "wrong_separator"],
    ["a header twice", `${header},Views\n${row("a")},5`, "column_twice"],
    ["a quote that is never closed", `${header}\n${row('"open')}\n${row("b")}\n`, "unreadable"],
    ["one line of 10 MB", "x".repeat(10_000_000), "line_too_long"],
    ["commas without end", `${header}\n${",".repeat(10_000_000)}`, "line_too_long"],
    ["a quote that swallows the file", `${header}\n"${`${row("a")}\n`.repeat(30_000)}`, "line_too_long"],
  ])("that is %s", async (_, content, code) => {
    expect(await refusedAs(content)).toBe(code);
    if (content.length < 10_000) expect(await refusedAs(content, 5)).toBe(code);
  });

  it("at the same length of a row however it arrives", async () => {
    const fits = `${header}\n${row("x".repeat(MAX_RECORD_BYTES - row("").length - 1))}\n`;
    const tooLong = fits.replace("xxx", "xxxx");
    for (const size of [1_000_000, 64 * 1024, 1_000]) {
      expect(await refusedAs(fits, size)).toBeNull();
      expect(await refusedAs(tooLong, size)).toBe("line_too_long");
    }
  });

  it("without reading on", async () => {
    let chunks = 0;
    async function* endless() {
      for (;;) {
        chunks += 1;
        yield Buffer.alloc(64 * 1024, "x");
      }
    }
    await expect(openCsv(endless())).rejects.toMatchObject({ code: "file_refused" });
    expect(chunks).toBeLessThan(20);
  });
});
