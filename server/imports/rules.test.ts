import { describe, expect, it } from "vitest";
import { judgeHeader, judgeRow, refusal, refusalCodeOf } from "./rules.ts";
import { csvColumns, rejectedColumns, refusalCodes, rejectionCodes } from "./schema.ts";
import type { CsvColumn } from "./schema.ts";
import { reasonText, refusalText } from "./text-rules.ts";

const now = new Date("2026-11-20T12:00:00Z");
const newYork = { timezone: "America/New_York", currency: "USD", now };
const good = [
  "maria",
  "https://www.tiktok.com/@maria/video/74001",
  "10",
  "2",
  "1",
  "9.50",
  "2.27",
  "3",
  "2026-11-19",
  "A title",
];
const inOrder = { places: csvColumns.map((_, index) => index), width: 10, isReturned: false };

/** The good row with one cell changed, judged. */
function judge(column: CsvColumn, cell: string, context = newYork) {
  return judgeRow(good.with(csvColumns.indexOf(column), cell), inOrder, context);
}

/** What the cell was read as, or the code it was rejected with. */
function read(column: CsvColumn, cell: string, context = newYork) {
  const row = judge(column, cell, context);
  if (row.kind === "rejected") {
    expect(row.column).toBe(column);
    return row.code;
  }
  const { handle, videoKey, views, gmv, ctr, postDate, videoTitle } = row;
  const values: Partial<Record<CsvColumn, string>> = {
    Handle: handle,
    Video: videoKey,
    Views: views,
    GMV: gmv,
    CTR: ctr,
    "Post Date": postDate,
    "Video Title": videoTitle,
  };
  return values[column];
}

const columnNames = { Handle: "Creator", Video: "Clip", Views: "Plays" } as const;

describe("a header", () => {
  it("may have its columns in any order, with others between them, which are named", () => {
    const judged = judgeHeader(["Region", ...csvColumns.toReversed(), "", "Campaign"]);
    expect(judged).toEqual({
      kind: "accepted",
      columns: { places: [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], width: 13, isReturned: false },
      extra: ["Region", "Campaign"],
    });
  });

  it("lacks what is not spelled exactly, and what stands there instead is named", () => {
    const judged = judgeHeader(["handle", ...csvColumns.slice(1).map((name) => (name === "GMV" ? "Gmv " : name))]);
    expect(judged).toMatchObject({
      kind: "refused",
      code: "column_missing",
      missing: ["Handle", "GMV"],
      extra: ["handle", "Gmv "],
    });
    expect(refusal("column_missing", { missing: ["Handle"], extra: ["handle"] }).message).toBe(
      'The header lacks "Handle". Columns that are not expected: "handle". Names must match exactly: ' +
        "Handle, Video, Views, Likes, Comments, GMV, CTR, Units Sold, Post Date, Video Title.",
    );
  });

  it("refuses a name that stands there twice, ours or another", () => {
    expect(judgeHeader([...csvColumns, "Views"])).toMatchObject({ code: "column_twice", twice: ["Views"] });
    expect(judgeHeader(["Note", ...csvColumns, "Note"])).toMatchObject({ code: "column_twice", twice: ["Note"] });
    expect(judgeHeader(["", ...csvColumns, ""])).toMatchObject({ kind: "accepted", extra: [] });
  });

  it("may call columns as the client's export does, and ours are taken where it does not have them", () => {
    const names = ["Creator", ...csvColumns.slice(1)];
    expect(judgeHeader(names)).toMatchObject({ code: "column_missing", missing: ["Handle"], extra: ["Creator"] });
    const judged = judgeHeader(names, { Handle: "Creator", Views: "Plays" });
    expect(judged).toMatchObject({
      kind: "accepted",
      columns: { places: csvColumns.map((_, place) => place) },
      extra: [],
    });
    expect(judgeHeader([...csvColumns], { Handle: "Creator" })).toMatchObject({ kind: "accepted", extra: [] });
  });

  it("never reads one column twice: a name that the export uses for another column is not ours", () => {
    expect(judgeHeader([...csvColumns], { Views: "Likes" })).toMatchObject({
      code: "column_missing",
      missing: ["Likes"],
    });
  });

  it("of rejected rows that come back is known by its four columns, which are no extra ones, and keeps our names", () => {
    const returned = judgeHeader([...rejectedColumns, ...csvColumns, "Note"], { Handle: "Code" });
    expect(returned).toMatchObject({ kind: "accepted", columns: { isReturned: true }, extra: ["Note"] });
    expect(judgeHeader([...csvColumns, ...rejectedColumns])).toMatchObject({ columns: { isReturned: false } });
  });

  it.each([
    ["all ten between semicolons", csvColumns.join(";"), {}, "semicolons"],
    ["all ten between tabs", csvColumns.join("\t"), {}, "tabs"],
    [
      "half of them in quotes, spaced",
      csvColumns
        .slice(0, 5)
        .map((name) => `"${name}"`)
        .join("; "),
      {},
      "semicolons",
    ],
    ["half of them by names of the export", "Creator;Clip;Plays;Likes;Comments", columnNames, "semicolons"],
    ["as many as are wanted under other names", "a;b;c;d;e;f;g;h;i;j", {}, "semicolons"],
  ] as const)(
    "that has %s says which separator it seems to have, and that commas are wanted",
    (_, header, names, separator) => {
      const judged = judgeHeader([header], names);
      expect(judged).toEqual({ kind: "refused", code: "wrong_separator", separator });
      const { message, details } = refusal("wrong_separator", { separator });
      expect(message).toContain(`The columns seem to be separated by ${separator}, but commas are wanted.`);
      expect(details).toEqual({ code: "wrong_separator", missing: [], extra: [] });
    },
  );

  it("that has fewer than half of the names lacks them, whatever stands between the others", () => {
    expect(judgeHeader([csvColumns.slice(0, 4).join(";")])).toMatchObject({ code: "column_missing" });
    expect(judgeHeader(["Handle", "Video;Views"])).toMatchObject({ code: "column_missing" });
    expect(judgeHeader([...csvColumns, "a;b"])).toMatchObject({ kind: "accepted" });
  });

  it("is known by its separator also where a name with a comma cuts it", () => {
    expect(judgeHeader(`${csvColumns.join(";")};Sales, gross`.split(","))).toMatchObject({ separator: "semicolons" });
  });
});

describe("a handle", () => {
  it.each([
    ["maria", "maria"],
    ["  @Maria.Lopez_9 ", "maria.lopez_9"],
    ["ab", "ab"],
    ["a".repeat(100), "a".repeat(100)],
    ["a", "handle_invalid"],
    ["a".repeat(101), "handle_invalid"],
    ["", "handle_invalid"],
    ["@@maria", "handle_invalid"],
    ["maria lopez", "handle_invalid"],
    ["maría", "handle_invalid"],
    ["\u212Aelvin", "handle_invalid"],
    ["maria\0", "handle_invalid"],
  ])("%j reads %j", (cell, expected) => {
    expect(read("Handle", cell)).toBe(expected);
  });
});

describe("a video", () => {
  it.each([
    ["https://www.tiktok.com/@maria/video/7400000000000000003?lang=en", "7400000000000000003"],
    [" 7400000000000000003 ", "7400000000000000003"],
    ["https://vm.tiktok.com/ZMabc/", "https://vm.tiktok.com/ZMabc/"],
    ["/video/abc", "/video/abc"],
    ["", "video_missing"],
    ["   ", "video_missing"],
    ["74\0", "video_missing"],
    ["x".repeat(501), "video_too_long"],
    [`https://www.tiktok.com/@maria/video/74?${"x".repeat(2000)}`, "video_too_long"],
  ])("%j has the key %j", (cell, expected) => {
    expect(read("Video", cell)).toBe(expected);
  });
});

describe("a counter", () => {
  it.each([
    ["0", "0"],
    ["", "0"],
    ["  ", "0"],
    ["1234", "1234"],
    ["1,418", "1418"],
    ["12,345,678", "12345678"],
    ["007", "7"],
    ["999999999999999", "999999999999999"],
    ["1000000000000000", "number_too_large"],
    ["9223372036854775808", "number_too_large"],
    ["1,41", "number_invalid"],
    ["1234,567", "number_invalid"],
    [",123", "number_invalid"],
    ["1.2K", "number_invalid"],
    ["3.9", "number_invalid"],
    ["3.0", "number_invalid"],
    ["1e3", "number_invalid"],
    ["0x10", "number_invalid"],
    ["N/A", "number_invalid"],
    ["-", "number_invalid"],
    ["+5", "number_invalid"],
    ["$5", "number_invalid"],
    ["5%", "number_invalid"],
    ["\u0663", "number_invalid"],
    ["1 000", "number_invalid"],
    ["5\0", "number_invalid"],
    ["-3.9", "number_invalid"],
    ["-5", "number_negative"],
    ["(5)", "number_negative"],
    ["\u22121,000", "number_negative"],
  ])("%j reads %j", (cell, expected) => {
    expect(read("Views", cell)).toBe(expected);
  });
});

describe("money", () => {
  it.each([
    ["1280.47", "1280.47"],
    ["$1,280.47", "1280.47"],
    ["$ 5", "5"],
    ["", "0"],
    ["0.00", "0.00"],
    ["999999999999999.99", "999999999999999.99"],
    ["1000000000000000", "number_too_large"],
    [`0.${"1".repeat(21)}`, "number_too_large"],
    ["$", "number_invalid"],
    ["$$5", "number_invalid"],
    ["5$", "number_invalid"],
    [".50", "number_invalid"],
    ["5.", "number_invalid"],
    ["1.280,47", "number_invalid"],
    ["N/A", "number_invalid"],
    ["NaN", "number_invalid"],
    ["Infinity", "number_invalid"],
    ["12%", "number_invalid"],
    ["-0.01", "number_negative"],
    ["$-5", "number_negative"],
    ["-$5.00", "number_negative"],
    ["($50.00)", "number_negative"],
  ])("%j reads %j where the currency is written with $", (cell, expected) => {
    expect(read("GMV", cell)).toBe(expected);
  });

  it.each(["CAD", "AUD", "MXN"])("takes $ for %s", (currency) => {
    expect(read("GMV", "$5", { ...newYork, currency })).toBe("5");
  });

  it.each(["BRL", "EUR", "GBP"])("takes no $ for %s", (currency) => {
    expect(read("GMV", "$5", { ...newYork, currency })).toBe("number_invalid");
    expect(read("GMV", "($5)", { ...newYork, currency })).toBe("number_invalid");
    expect(read("GMV", "5", { ...newYork, currency })).toBe("5");
  });
});

describe("a rate", () => {
  it.each([
    ["2.27", "2.27"],
    ["2.27%", "2.27"],
    ["2 %", "2"],
    ["", "0"],
    ["$2", "number_invalid"],
    ["%", "number_invalid"],
    ["-1", "number_negative"],
  ])("%j reads %j", (cell, expected) => {
    expect(read("CTR", cell)).toBe(expected);
  });
});

describe("a post date", () => {
  it.each([
    ["2026-11-19", "2026-11-19"],
    [" 2026-11-19 ", "2026-11-19"],
    ["2026-11-21", "2026-11-21"],
    ["2026-11-22", "date_future"],
    ["2014-01-01", "2014-01-01"],
    ["2013-12-31", "date_too_early"],
    ["0001-01-01", "date_too_early"],
    ["0001-01-01T00:00:00Z", "date_too_early"],
    ["2026-02-29", "date_invalid"],
    ["2026-13-01", "date_invalid"],
    ["2026-1-5", "date_invalid"],
    ["11/19/2026", "date_invalid"],
    ["20261119", "date_invalid"],
    ["yesterday", "date_invalid"],
    ["", "date_invalid"],
    // without an offset: the date as written
    ["2026-11-19T23:59", "2026-11-19"],
    ["2026-11-19 03:00:00", "2026-11-19"],
    ["2026-11-19T23:59:59.999", "2026-11-19"],
    // with one: its date in New York
    ["2026-11-19T04:59:59Z", "2026-11-18"],
    ["2026-11-19T05:00:00Z", "2026-11-19"],
    ["2026-11-19T00:30:00+02:00", "2026-11-18"],
    ["2026-11-18T23:30:00-0800", "2026-11-19"],
    ["2026-07-01T03:59:00Z", "2026-06-30"],
    ["2014-01-01T04:00:00Z", "date_too_early"],
    ["2026-11-22T04:59:00Z", "2026-11-21"],
    ["2026-11-19T24:00:00Z", "date_invalid"],
    ["2026-11-19T12:60", "date_invalid"],
    ["2026-02-30T12:00:00Z", "date_invalid"],
    ["2026-11-19T12:00:00 GMT", "date_invalid"],
  ])("%j reads %j", (cell, expected) => {
    expect(read("Post Date", cell)).toBe(expected);
  });

  it("may be one day ahead of now in the client's timezone", () => {
    const kiritimati = { ...newYork, timezone: "Pacific/Kiritimati" };
    expect(read("Post Date", "2026-11-22", kiritimati)).toBe("2026-11-22");
    expect(read("Post Date", "2026-11-23", kiritimati)).toBe("date_future");
  });
});

describe("a title", () => {
  it("is any text that can be stored, as it is", () => {
    for (const title of ["", " spaced ", '5" heels, "new"', "line\r\nbreak", "今日のコスメ 💄", "=1+1"]) {
      expect(read("Video Title", title)).toBe(title);
    }
    expect(read("Video Title", "a\0b")).toBe("title_invalid");
    expect(read("Video Title", "x".repeat(10_001))).toBe("title_invalid");
  });
});

describe("a row", () => {
  it("is told by its first bad cell in the order of the columns, wherever they stand in the file", () => {
    const judged = judgeHeader(csvColumns.toReversed());
    if (judged.kind === "refused") throw new Error("the header is good");
    const row = good.with(2, "1.2K").with(0, "@").toReversed();
    expect(judgeRow(row, judged.columns, newYork)).toEqual({
      kind: "rejected",
      column: "Handle",
      value: "@",
      code: "handle_invalid",
    });
  });

  it("that is too short names the column it breaks off before", () => {
    expect(judgeRow(good.slice(0, 8), inOrder, newYork)).toMatchObject({ column: "Post Date", code: "row_too_short" });
    expect(judgeRow(["maria"], inOrder, newYork)).toMatchObject({ column: "Video", code: "row_too_short" });
  });

  it("that is too long shows what is left over; empty cells at the end are nothing", () => {
    const long = judgeRow([...good, "", "left", "over"], inOrder, newYork);
    expect(long).toMatchObject({ code: "row_too_long", value: "left,over" });
    expect(judgeRow([...good, "", " "], inOrder, newYork).kind).toBe("accepted");
  });

  it("may lack the columns that are ignored", () => {
    const judged = judgeHeader([...csvColumns, "Campaign"]);
    if (judged.kind === "refused") throw new Error("the header is good");
    expect(judgeRow(good, judged.columns, newYork).kind).toBe("accepted");
  });
});

describe("sentences", () => {
  it("tell every rejection in full, naming the column or the value", () => {
    for (const code of rejectionCodes) {
      const sentence = reasonText(code, "GMV", "N/A", "maria");
      expect(sentence).toMatch(/^[A-Z].*\.$/s);
      expect(sentence).toMatch(/GMV|N\/A|maria|Video/);
    }
    expect(reasonText("number_invalid", "Views", "1.2K")).toBe(
      'Views is "1.2K", which is not a whole number such as 1200 or 1,200.',
    );
    expect(reasonText("handle_invalid", "Handle", "")).toMatch(/^Handle is empty\./);
    expect(reasonText("number_invalid", "Views", "💄".repeat(5_000)).length).toBeLessThan(250);
  });

  it("tell every refusal in full, also without facts", () => {
    for (const code of refusalCodes) expect(refusalText(code)).toMatch(/^[A-Z].*\.$/s);
    expect(refusal("too_large", { limitBytes: 200 * 1024 * 1024 })).toMatchObject({
      code: "too_large",
      message: "The file is larger than the limit of 200 MB.",
    });
    expect(refusalCodeOf(refusal("no_tiers"))).toBe("no_tiers");
    expect(refusalCodeOf(new Error("a bug"))).toBeNull();
  });
});
