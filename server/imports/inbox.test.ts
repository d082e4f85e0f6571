import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { clientSettings } from "../access/settings.ts";
import type { ClientSettings } from "../base/client-settings.ts";
import { inClient } from "../db/tx.ts";
import { aClient } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { dayFile, importTables, mergeDay, shell } from "../testing/day-files.ts";
import { newestFileOf, newestInboxFile, takeInboxFile } from "./inbox.ts";

const db = testDatabase();
const root = mkdtempSync(join(tmpdir(), "muster-inboxes-"));
afterAll(() => rmSync(root, { recursive: true }));

const now = new Date("2026-11-20T09:00:00Z");
const limit = { now, limitBytes: 1_000_000 };

/** A client with an inbox of its own. */
async function anInbox() {
  const client = await aClient(db);
  const settings: ClientSettings = await inClient(db, client, (tx) => clientSettings(tx, client));
  const folder = join(root, settings.subdomain);
  mkdirSync(folder);
  const put = (name: string, content: string, at = "2026-11-20T08:00:00Z") => {
    writeFileSync(join(folder, name), content);
    utimesSync(join(folder, name), new Date(at), new Date(at));
  };
  return { client, settings, folder, put, newest: () => newestInboxFile(db, client, settings, root, now) };
}

describe("the newest file of an inbox", () => {
  it("goes by modification time, then name", async () => {
    const { put, newest, settings, folder } = await anInbox();
    expect(await newest()).toBeNull();
    put("z-old.csv", dayFile([{}]), "2026-11-18T08:00:00Z");
    put("b.csv", dayFile([{ Views: "1" }]));
    put("c.CSV", dayFile([{ Views: "2" }]));
    put("notes.txt", "not a file of ours", "2026-11-20T08:30:00Z");
    put(".d.csv", "a transfer under way", "2026-11-20T08:30:00Z");
    mkdirSync(join(folder, "folder.csv"));
    expect(await newest()).toMatchObject({
      name: "c.CSV",
      path: join(folder, "c.CSV"),
      modifiedAt: new Date("2026-11-20T08:00:00Z"),
      isTaken: false,
    });
    expect(await newestFileOf(db, settings, { inboxDir: root, now })).toEqual({
      name: "c.CSV",
      modifiedAt: new Date("2026-11-20T08:00:00Z"),
      isTaken: false,
    });
  });

  it("waits a minute after its last change, and no older one is taken in its place", async () => {
    const { put, newest } = await anInbox();
    put("old.csv", dayFile([{}]), "2026-11-19T08:00:00Z");
    put("new.csv", dayFile([{}]), "2026-11-20T08:59:01Z");
    expect(await newest()).toBeNull();
    put("new.csv", dayFile([{}]), "2026-11-20T08:59:00Z");
    expect(await newest()).toMatchObject({ name: "new.csv" });
  });

  it("is never a link, nor a folder that is not there, nor a file in the folder's place", async () => {
    const { folder, newest, settings, client } = await anInbox();
    symlinkSync("/etc/hostname", join(folder, "link.csv"));
    symlinkSync("/nowhere", join(folder, "broken.csv"));
    expect(await newest()).toBeNull();
    await expect(
      takeInboxFile(db, shell, client, { path: join(folder, "link.csv"), name: "link.csv" }, limit),
    ).rejects.toMatchObject({ code: "ELOOP" });
    expect(await newestInboxFile(db, client, settings, join(root, "absent"), now)).toBeNull();
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "");
    expect(await newest()).toBeNull();
  });
});

describe("a file of the inbox", () => {
  it("is taken once, by its bytes: under another name it is not taken again", async () => {
    const { client, put, newest } = await anInbox();
    put("monday.csv", dayFile([{}]));
    const { importId } = await takeInboxFile(db, shell, client, (await newest())!, limit);
    await mergeDay(db, client, importId);
    expect(await newest()).toMatchObject({ name: "monday.csv", isTaken: true });
    put("tuesday.csv", dayFile([{}]), "2026-11-20T08:30:00Z");
    expect(await newest()).toMatchObject({ name: "tuesday.csv", isTaken: true });
    put("tuesday.csv", dayFile([{ Views: "11" }]), "2026-11-20T08:30:00Z");
    expect(await newest()).toMatchObject({ name: "tuesday.csv", isTaken: false });
  });

  it("that was refused counts as taken", async () => {
    const { client, put, newest } = await anInbox();
    put("bad.csv", "Name,Sales\n");
    await expect(takeInboxFile(db, shell, client, (await newest())!, limit)).rejects.toMatchObject({
      code: "file_refused",
    });
    expect(await newest()).toMatchObject({ isTaken: true });
    put("big.csv", dayFile(Array.from({ length: 100 }, () => ({}))));
    const small = { now, limitBytes: 500 };
    await expect(takeInboxFile(db, shell, client, (await newest())!, small)).rejects.toMatchObject({
      code: "too_large",
    });
    expect(await newest()).toMatchObject({ name: "big.csv", isTaken: true });
  });

  it("whose run failed before it was imported is not stored twice", async () => {
    const { client, put, newest } = await anInbox();
    put("day.csv", dayFile([{}]));
    const first = await takeInboxFile(db, shell, client, (await newest())!, limit);
    expect(await newest()).toMatchObject({ isTaken: false });
    expect(await takeInboxFile(db, shell, client, (await newest())!, limit)).toEqual(first);
    expect(await importTables(db, client)).toMatchObject({ imports: 1 });
  });

  it("that an admin discarded counts as taken: the next night does not bring it back", async () => {
    const { client, put, newest } = await anInbox();
    put("day.csv", dayFile([{}]));
    const { importId } = await takeInboxFile(db, shell, client, (await newest())!, limit);
    const caller = await callerAs(db, "operator", client);
    await caller.imports.discard({ clientId: client, importId });
    expect(await newest()).toMatchObject({ isTaken: true });
  });

  it("that another client imported is not taken here", async () => {
    const [mine, theirs] = [await anInbox(), await anInbox()];
    for (const inbox of [mine, theirs]) inbox.put("day.csv", dayFile([{}]));
    const { importId } = await takeInboxFile(db, shell, theirs.client, (await theirs.newest())!, limit);
    await mergeDay(db, theirs.client, importId);
    expect(await mine.newest()).toMatchObject({ isTaken: false });
  });
});
