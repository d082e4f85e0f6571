import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { sql } from "./db/db.ts";
import { aClient, asOwner } from "./testing/builders.ts";
import { callerAs } from "./testing/caller.ts";
import { testDatabase } from "./testing/database.ts";
import { startEntry, startScript } from "./testing/processes.ts";

const db = testDatabase();

async function aTakenPort(): Promise<{ port: number; free: () => void }> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  return { port: (server.address() as AddressInfo).port, free: () => server.close() };
}

describe("a bad start is a sentence and exit code 1", { timeout: 120_000 }, () => {
  it("for a port that is taken", async () => {
    const { port, free } = await aTakenPort();
    const ended = await startEntry("main.ts", { env: { PORT: String(port) } }).ended;
    free();
    expect(ended).toEqual({
      code: 1,
      stdout: "",
      stderr: `Port ${port} is taken; stop what listens there or choose another with PORT.\n`,
    });
  });

  it("for a setting that cannot be", async () => {
    const ended = await startEntry("main.ts", { env: { PORT: "many" } }).ended;
    expect(ended).toEqual({ code: 1, stdout: "", stderr: "PORT must be a whole number from 0 to 65535.\n" });
  });

  it("for a database that cannot be reached", async () => {
    const { port, free } = await aTakenPort();
    free();
    const env = { PORT: "0", DATABASE_URL: `postgresql://muster:secret-word@127.0.0.1:${port}/muster` };
    const ended = await startEntry("main.ts", { env }).ended;
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toMatch(/^The database of DATABASE_URL \(127\.0\.0\.1:\d+\/muster\) cannot be reached/);
    expect(ended.stderr).not.toMatch(/secret-word|\n {4}at /);
  });
});

describe("a command's process", { timeout: 120_000 }, () => {
  it("writes what is wrong to standard error and ends with the exit code of usage", async () => {
    const env = { DATABASE_URL: db.url };
    const ended = await startEntry("cli.ts", { args: ["admin:create"], env }).ended;
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toContain("--email is missing.");
  });
});

describe("the server as it is built", { timeout: 120_000 }, () => {
  it("finds its migrations, its packages and its environment", async () => {
    const env = { DATABASE_URL: db.url };
    expect(await startScript("muster.mjs", { args: ["db:migrate", "--json"], env }).ended).toMatchObject({
      code: 0,
      stdout: '{"applied":[]}\n',
    });
    expect(await startScript("muster.mjs", { args: ["dance"], env }).ended).toMatchObject({ code: 2, stdout: "" });
    const bad = await startScript("muster.mjs", { args: ["clients"], env: { PORT: "many" } }).ended;
    expect(bad).toEqual({ code: 1, stdout: "", stderr: "PORT must be a whole number from 0 to 65535.\n" });
  });
});

describe("a worker's process", { timeout: 120_000 }, () => {
  it("says one line, and ends with exit code 0 within 10 s of SIGTERM", async () => {
    const worker = startEntry("worker.ts", { env: { DATABASE_URL: db.url } });
    const [line] = await worker.lines(1);
    expect(line).toMatch(/^The worker is ready; the data lies in /);
    const asked = Date.now();
    worker.kill("SIGTERM");
    expect((await worker.ended).code).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
  });
});

describe("a server without the engine", { timeout: 120_000 }, () => {
  it("tells of a missed run all the same, and starts none", async () => {
    const client = await aClient(db, { timezone: "UTC" });
    const owner = await callerAs(db, "owner", client);
    const channel = { kind: "slack" as const, name: "Team", target: "http://127.0.0.1:9/x" };
    await owner.notifications.create({ clientId: client, ...channel, events: ["missed"] });
    await asOwner(db, (tx) =>
      tx.execute(sql`
        insert into schedules (client_id, cron, timezone, next_due_at, created_at, updated_at)
        values (${client}::uuid, '0 4 * * *', 'UTC', now() - interval '10 minutes', now() - interval '1 day', now())
        on conflict (client_id) do update set next_due_at = excluded.next_due_at`),
    );
    const server = startEntry("main.ts", { env: { DATABASE_URL: db.url, PORT: "0", MUSTER_ENGINE: "off" } });
    await server.lines(3);
    const toldAndRun = () =>
      asOwner(db, (tx) =>
        tx.query<{ told: number; runs: number }>(sql`
          select (select count(*)::int from notification_events where client_id = ${client}::uuid and type = 'missed') as told,
            (select count(*)::int from sync_runs where client_id = ${client}::uuid) as runs`),
      );
    await expect.poll(toldAndRun, { timeout: 20_000 }).toEqual([{ told: 1, runs: 0 }]);
    server.kill("SIGTERM");
    expect((await server.ended).code).toBe(0);
  });
});
