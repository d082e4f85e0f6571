import { once } from "node:events";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { parse } from "csv-parse/sync";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../access/schema.ts";
import type { ClientId } from "../base/ids.ts";
import { aClient } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { dayFile, importTables, mergeDay, storeDay } from "../testing/day-files.ts";
import { aFile, aSession, testHttp } from "../testing/http.ts";

const db = testDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  app = await testHttp(db, { uploadLimitMb: 1 });
});
afterAll(() => app.close());

async function upload(client: ClientId, role: Role | null, content: string | Buffer, name = "day.csv") {
  const { headers, payload } = aFile(name, content);
  const cookie = await aSession(db, app, client, role);
  const url = `/api/clients/${client}/imports`;
  return app.inject({ method: "POST", url, headers: { ...headers, cookie, "sec-fetch-site": "same-origin" }, payload });
}

describe("an upload", () => {
  it("stores the file and answers its import", async () => {
    const client = await aClient(db);
    const answer = await upload(client, "operator", dayFile([{}]));
    expect(answer.statusCode).toBe(200);
    const { importId } = answer.json<{ importId: string }>();
    expect(importId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await importTables(db, client)).toMatchObject({ imports: 1, files: 1, videos: 0, audit: 1 });
  });

  it("is refused as JSON with a sentence, a code and the columns at fault", async () => {
    const client = await aClient(db);
    const answer = await upload(client, "operator", dayFile([{}]).replace("Views", "views"));
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      code: "file_refused",
      message: expect.stringContaining('lacks "Views"'),
      details: { code: "column_missing", missing: ["Views"], extra: ["views"] },
    });
    expect(await importTables(db, client)).toMatchObject({ imports: 0, audit: 0 });
  });

  it("above the limit is refused with the limit, and nothing is written", async () => {
    const client = await aClient(db);
    const rows = Array.from({ length: 30_000 }, (_, index) => ({ Video: `${index}` }));
    const answer = await upload(client, "operator", dayFile(rows));
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ code: "too_large", message: "The file is larger than the limit of 1 MB." });
    expect(await importTables(db, client)).toMatchObject({ imports: 0 });
  });

  it("needs a session, the role, and the client", async () => {
    const [client, other] = [await aClient(db), await aClient(db)];
    const { headers, payload } = aFile("day.csv", dayFile([{}]));
    const url = `/api/clients/${client}/imports`;
    const anonymous = await app.inject({
      method: "POST",
      url,
      headers: { ...headers, "sec-fetch-site": "same-origin" },
      payload,
    });
    expect(anonymous.statusCode).toBe(401);
    expect((await upload(client, "viewer", dayFile([{}]))).json()).toMatchObject({ code: "forbidden" });
    expect((await upload(other, null, dayFile([{}]))).statusCode).toBe(404);
    expect(await importTables(db, client)).toMatchObject({ imports: 0 });
  });

  it("without a file says so", async () => {
    const client = await aClient(db);
    const cookie = await aSession(db, app, client, "operator");
    const url = `/api/clients/${client}/imports`;
    const headers = { cookie, "sec-fetch-site": "same-origin" };
    const boundary = "b";
    const field = `--${boundary}\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n--${boundary}--\r\n`;
    const withoutFile = await app.inject({
      method: "POST",
      url,
      headers: { ...headers, "content-type": `multipart/form-data; boundary=${boundary}` },
      payload: field,
    });
    expect(withoutFile.json()).toMatchObject({ code: "file_refused", details: { code: "empty_upload" } });
    const misnamed = aFile("day.csv", dayFile([{}]));
    const payload = Buffer.from(misnamed.payload.toString().replace('name="file"', 'name="document"'));
    const otherField = await app.inject({ method: "POST", url, headers: { ...headers, ...misnamed.headers }, payload });
    expect(otherField.json()).toMatchObject({ details: { code: "empty_upload" } });
    const noForm = await app.inject({ method: "POST", url, headers });
    expect(noForm.json()).toMatchObject({ details: { code: "empty_upload" } });
  });

  it("that breaks off in the middle writes nothing", async () => {
    const client = await aClient(db);
    const cookie = await aSession(db, app, client, "operator");
    await app.listen({ port: 0, host: "127.0.0.1" });
    const { headers, payload } = aFile(
      "day.csv",
      dayFile(Array.from({ length: 3_000 }, (_, index) => ({ Video: `${index}` }))),
    );
    const { port } = app.server.address() as AddressInfo;
    const sent = request({
      port,
      host: "127.0.0.1",
      method: "POST",
      path: `/api/clients/${client}/imports`,
      headers: { ...headers, cookie, "sec-fetch-site": "same-origin", "content-length": payload.length },
    });
    const broken = once(sent, "error");
    // Whole rows and the file's first half: what came so far would be a good file.
    await new Promise((flushed) => sent.write(payload.subarray(0, Math.floor(payload.length / 2)), flushed));
    sent.destroy(new Error("the line is cut"));
    await broken;
    const connections = () => new Promise((known) => app.server.getConnections((_, count) => known(count)));
    await expect.poll(connections).toBe(0);
    // The server is well, and by the time that it has stored another file, that one is all there is.
    expect((await upload(client, "operator", dayFile([{}]))).statusCode).toBe(200);
    expect(await importTables(db, client)).toMatchObject({ imports: 1, files: 1, audit: 1 });
  });
});

describe("the download of rejected rows", () => {
  it("has line, column, code and reason first, the cells as they came, and nothing that a spreadsheet would run", async () => {
    const client = await aClient(db);
    const id = await storeDay(
      db,
      client,
      dayFile([{ Video: "1" }, { Video: "2", Views: "1.2K", "Video Title": "=HYPERLINK(1), 💄" }, { Handle: "+cmd" }]),
      { name: "20 “Nov”.csv" },
    );
    const cookie = await aSession(db, app, client, "viewer");
    const url = `/api/clients/${client}/imports/${id}/rejected.csv`;
    const before = await app.inject({ url, headers: { cookie } });
    expect(before.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(before.headers["content-disposition"]).toBe(
      `attachment; filename="rejected.csv"; filename*=UTF-8''rejected%2020%20%E2%80%9CNov%E2%80%9D.csv`,
    );
    expect(before.body.startsWith("\uFEFF")).toBe(true);
    const rows = parse(before.body, { bom: true });
    expect(rows[0]!.slice(0, 4)).toEqual(["Line", "Column", "Code", "Reason"]);
    expect(rows[1]!.slice(0, 7)).toEqual([
      "3",
      "Views",
      "number_invalid",
      'Views is "1.2K", which is not a whole number such as 1200 or 1,200.',
      "maria",
      "2",
      "1.2K",
    ]);
    expect(rows[1]!.at(-1)).toBe("'=HYPERLINK(1), 💄");
    expect(rows[2]![4]).toBe("'+cmd");

    await mergeDay(db, client, id);
    expect((await app.inject({ url, headers: { cookie } })).body).toBe(before.body);
  });

  it("of another client, or of no import, is not found", async () => {
    const [client, other] = [await aClient(db), await aClient(db)];
    const id = await storeDay(db, other, dayFile([{}]));
    const cookie = await aSession(db, app, client, "viewer");
    for (const path of [`${client}/imports/${id}`, `${client}/imports/nonsense`, `${other}/imports/${id}`]) {
      const answer = await app.inject({ url: `/api/clients/${path}/rejected.csv`, headers: { cookie } });
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ code: "not_found" });
    }
  });
});
