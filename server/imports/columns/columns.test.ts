import { describe, expect, it } from "vitest";
import { sql } from "../../db/db.ts";
import { aClient, asOwner } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { dayFile, importDay, mergeDay, storeDay, videosOf } from "../../testing/day-files.ts";
import { auditOf } from "../../testing/runs.ts";
import { csvColumns } from "../schema.ts";
import { lookAtColumns } from "./look.ts";
import { proposeColumns } from "./match-rules.ts";

const db = testDatabase();
const theirs = [
  "Creator",
  "Video link",
  "Plays",
  "Hearts",
  "Comments",
  "Revenue",
  "CTR",
  "Items sold",
  "Posted on",
  "Caption",
];
const columns = Object.fromEntries(csvColumns.map((column, index) => [column, theirs[index]!]));
const inTheirWords = (text: string) => [theirs.join(","), ...text.split("\n").slice(1)].join("\n");

async function* one(text: string) {
  yield Buffer.from(text);
}

describe("columns with other names", () => {
  it("are proposed by what exports call them, each once", () => {
    expect(proposeColumns(theirs)).toEqual(columns);
    expect(proposeColumns(["Video Title", "Title", "Video URL", "Views"])).toEqual({
      "Video Title": "Video Title",
      Video: "Video URL",
      Views: "Views",
    });
  });

  it("are shown with five values and how full they are", async () => {
    const rows = Array.from({ length: 8 }, (_, index) => `a${index},${index % 2 === 0 ? "" : "x"}`);
    const seen = await lookAtColumns(one(["Creator,Note", ...rows, ""].join("\n")), 10_000);
    expect(seen).toMatchObject({
      rows: 8,
      columns: [
        { name: "Creator", filled: 8, samples: ["a0", "a1", "a2", "a3", "a4"] },
        { name: "Note", filled: 4 },
      ],
      proposed: { Handle: "Creator" },
    });
    await expect(lookAtColumns(one("x".repeat(100)), 50)).rejects.toMatchObject({ code: "too_large" });
  });

  it("are remembered for the client, its files are read by them, and ours still are", async () => {
    const client = await aClient(db);
    const text = inTheirWords(dayFile([{ Video: "1", Views: "7" }]));
    await expect(storeDay(db, client, text)).rejects.toMatchObject({ code: "file_refused" });
    const owner = await callerAs(db, "owner", client);
    expect((await owner.sources.setColumns({ clientId: client, columns })).columns).toEqual({
      ...columns,
      Comments: undefined,
      CTR: undefined,
    });
    await importDay(db, client, text);
    await importDay(db, client, dayFile([{ Video: "2" }]));
    expect((await videosOf(db, client)).map(({ key, views }) => [key, views])).toEqual([
      ["1", 7],
      ["2", 10],
    ]);
    expect(await auditOf(db, client)).toContain("source.columns_matched");
  });

  it("that are forgotten between the check and the import are read as they were when the file came", async () => {
    const client = await aClient(db);
    const owner = await callerAs(db, "owner", client);
    await owner.sources.setColumns({ clientId: client, columns });
    const importId = await storeDay(db, client, inTheirWords(dayFile([{ Video: "1" }])));
    await owner.sources.setColumns({ clientId: client, columns: {} });
    await asOwner(db, (owned) => owned.execute(sql`delete from import_rows where client_id = ${client}::uuid`));
    expect((await mergeDay(db, client, importId)).counts).toMatchObject({ created: 1, rejected: 0 });
  });

  it("are refused where two of ours would be read from one", async () => {
    const client = await aClient(db);
    const owner = await callerAs(db, "owner", client);
    const refused = (of: Record<string, string>) =>
      expect(owner.sources.setColumns({ clientId: client, columns: of })).rejects.toMatchObject({
        code: "BAD_REQUEST",
        message: expect.stringContaining("would both be read from") as string,
      });
    await refused({ Views: "Plays", Likes: "Plays" });
    await refused({ Views: "Likes" });
  });
});
