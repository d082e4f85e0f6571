import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { runCli } from "./run.ts";

const db = testDatabase();

/** A command as a shell would run it, against this file's database. */
async function muster(args: string[], input = "") {
  const lines = { stdout: "", stderr: "" };
  const code = await runCli(args, {
    variables: { DATABASE_URL: db.url },
    stdin: Readable.from([input]),
    out: (line) => (lines.stdout += `${line}\n`),
    err: (line) => (lines.stderr += `${line}\n`),
  });
  return { code, ...lines };
}

/** The last line of standard output, which --json promises to be one object. */
function jsonOf(stdout: string): Record<string, unknown> {
  return JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as Record<string, unknown>;
}

async function subdomainOf(client: ClientId): Promise<string> {
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ subdomain: string }>(sql`select subdomain from clients where id = ${client}::uuid`),
  );
  return row!.subdomain;
}

describe("the command line", () => {
  it("answers wrong usage with the usage and exit code 2", async () => {
    const [none, unknown, missing, wrong] = await Promise.all([
      muster([]),
      muster(["dance"]),
      muster(["seed"]),
      muster(["seed", "--speed", "9"]),
    ]);
    expect([none.code, unknown.code, missing.code, wrong.code]).toEqual([2, 2, 2, 2]);
    expect(none.stderr).toContain("Usage: npm run muster -- <command>");
    expect(unknown.stderr).toContain("There is no command dance.");
    expect(missing.stderr).toContain("--client is missing.");
    expect(wrong.stderr).toContain("--speed");
  });

  it("creates a client with a ladder and an owner who can sign in", async () => {
    const created = await muster(
      `client:create --subdomain shell --name Shell --metric units --timezone America/Sao_Paulo --currency BRL --tiers Start:0,Star:50 --json`.split(
        " ",
      ),
    );
    expect(created.code).toBe(0);
    const clientId = jsonOf(created.stdout)["clientId"] as string;
    const tiers = await asOwner(db, (owner) =>
      owner.query<{ name: string; units: string; exempt: boolean }>(sql`
        select tier_name as name, units_threshold::text as units, checkpoint_exempt as exempt
        from tiers where client_id = ${clientId}::uuid order by tier_order`),
    );
    expect(tiers).toEqual([
      { name: "Start", units: "0", exempt: true },
      { name: "Star", units: "50", exempt: false },
    ]);

    const admin = ["admin:create", "--client", "shell", "--email", "Me@Example.com", "--json"];
    const made = await muster(admin, "correct horse battery\n");
    expect(made.code).toBe(0);
    expect(jsonOf(made.stdout)).toMatchObject({ email: "me@example.com", role: "owner", isNew: true });
    expect(made.stdout + made.stderr).not.toContain("correct horse");
    expect(await muster(admin, "short\n")).toMatchObject({ code: 1 });
    const other = ["admin:create", "--client", "shell", "--email", "you@example.com", "--json"];
    expect((await muster(other, "correct horse battery\n")).code).toBe(0);
    const changed = await muster([...admin, "--role", "viewer"], "correct horse battery\n");
    expect(jsonOf(changed.stdout)).toMatchObject({ email: "me@example.com", role: "viewer", isNew: false });

    const again = await muster(["client:create", "--subdomain", "shell", "--name", "x", "--metric", "units"]);
    expect(again).toMatchObject({ code: 1, stderr: "The subdomain shell is taken.\n" });
  });

  it("previews and seeds with the same numbers, and says in a sentence what is not there", async () => {
    const client = await aClient(db);
    const subdomain = await subdomainOf(client);
    const mission = await aMission(db, client, { tierEligibility: "tier_2" });
    await aCreator(db, client, { tier: "tier_2" });
    await aCreator(db, client, { tier: "tier_1" });

    const preview = await muster(["preview", "--client", subdomain, "--mission", mission, "--json"]);
    expect(jsonOf(preview.stdout)).toMatchObject({
      counts: { willCreate: 1, alreadySeeded: 0, notEligible: 1, unknown: 0, total: 2 },
      byReason: { tier_too_low: 1 },
    });
    const seed = await muster(["seed", "--client", subdomain, "--mission", mission, "--json"]);
    expect(jsonOf(seed.stdout)).toEqual({
      seedId: expect.any(String) as string,
      created: 1,
      alreadySeeded: 0,
      notEligible: 1,
      unknown: 0,
    });

    const [noClient, noMission] = await Promise.all([
      muster(["seed", "--client", "nobody"]),
      muster(["preview", "--client", subdomain, "--mission", client]),
    ]);
    expect(noClient).toMatchObject({ code: 1, stdout: "" });
    expect(noClient.stderr).toMatch(/^There is no client nobody\./);
    expect(noMission).toMatchObject({ code: 1, stdout: "", stderr: "This mission was not found.\n" });
  });

  it("undoes a seeding: first as a dry run, then for good with its mission switched off, and once", async () => {
    const client = await aClient(db);
    const subdomain = await subdomainOf(client);
    await aMission(db, client);
    await aCreator(db, client);
    const seeded = await muster(["seed", "--client", subdomain, "--json"]);
    const args = ["undo", "--client", subdomain, "--seed", jsonOf(seeded.stdout)["seedId"] as string];

    const dry = await muster([...args, "--dry-run", "--json"]);
    const done = await muster([...args, "--disable"]);
    const again = await muster([...args, "--json"]);

    expect(jsonOf(dry.stdout)).toMatchObject({ kind: "preview", removed: 1, kept: 0, disabled: [] });
    expect(done.code).toBe(0);
    expect(done.stdout).toMatch(
      /^Removed 1 row, kept 0 \(0 completed, 0 with a redemption\)\.\nSwitched off: Mission \d+\.\n$/,
    );
    expect(again.code).toBe(0);
    expect(jsonOf(again.stdout)).toMatchObject({ kind: "already_undone", removed: 0 });
    const noSeed = await muster(["undo", "--client", subdomain, "--seed", "last"]);
    expect(noSeed).toMatchObject({ code: 1, stdout: "" });
    expect(noSeed.stderr).toContain("There is no seeding last");
  });

  it("checks a file without a trace, imports it in a sync, and is busy while another runs", async () => {
    const client = await aClient(db);
    const subdomain = await subdomainOf(client);
    const path = join(mkdtempSync(join(tmpdir(), "muster-cli-")), "day.csv");
    writeFileSync(
      path,
      "Handle,Video,Views,Likes,Comments,GMV,CTR,Units Sold,Post Date,Video Title\nanna,1,1,1,1,5,1,1,2026-01-05,t\n",
    );
    const operator = await callerAs(db, "operator", client);

    const check = await muster(["import", "--client", subdomain, "--check", path, "--json"]);
    expect(check.code).toBe(0);
    expect(jsonOf(check.stdout)).toMatchObject({ counts: { rows: 1, created: 1, rejected: 0 }, refusal: null });
    const waiting = await operator.imports.list({ clientId: client, status: "stored" });
    expect(waiting.rows).toEqual([]);

    const done = await muster(["sync", "--client", subdomain, "--csv", path, "--json"]);
    expect(done.code).toBe(0);
    const answer = jsonOf(done.stdout) as { steps: Record<string, unknown>[] };
    expect(answer).toMatchObject({
      status: "succeeded",
      import: { rows: 1, created: 1, updated: 0, unchanged: 0, duplicate: 0, rejected: 0 },
    });
    expect(answer.steps).toHaveLength(8);
    expect(Object.keys(answer.steps[0]!)).toEqual(["name", "status", "in", "out", "skipped", "ms"]);
    expect(done.stderr).toContain("[8/8] redemptions");

    const { runId } = await operator.sync.start({ clientId: client });
    const busy = await muster(["sync", "--client", subdomain, "--json"]);
    expect(busy.code).toBe(3);
    expect(jsonOf(busy.stdout)).toEqual({ runId, status: "busy" });
  });

  it("says that a guard holds a run, with exit code 4, and is busy with it until an owner decides", async () => {
    const client = await aClient(db);
    const subdomain = await subdomainOf(client);
    const mission = await aMission(db, client);
    await aProgressRow(db, client, await aCreator(db, client), mission, { status: "completed" });
    const owner = await callerAs(db, "owner", client);
    const { thresholds } = await owner.guards.get({ clientId: client });
    await owner.guards.save({ clientId: client, thresholds: { ...thresholds, redemptions: "0" } });

    const held = await muster(["sync", "--client", subdomain]);
    expect(held.code).toBe(4);
    expect(`${held.stdout}${held.stderr}`).toContain(
      "is held before step 8 (redemptions): 1 redemption would be made; the guard allows 0.",
    );
    const busy = await muster(["sync", "--client", subdomain]);
    expect(busy.code).toBe(3);
    expect(`${busy.stdout}${busy.stderr}`).toContain("Sync 1 of this client is held");
  });

  it("rehearses a sync with a file, of which nothing is left", async () => {
    const client = await aClient(db);
    const subdomain = await subdomainOf(client);
    const mission = await aMission(db, client, { targetValue: 5 });
    const path = join(mkdtempSync(join(tmpdir(), "muster-cli-")), "day.csv");
    writeFileSync(
      path,
      "Handle,Video,Views,Likes,Comments,GMV,CTR,Units Sold,Post Date,Video Title\nanna,1,1,1,1,5,1,1,2026-01-05,t\n",
    );
    const rehearsed = await muster(["rehearse", "--client", subdomain, "--csv", path, "--json"]);
    expect(rehearsed.code).toBe(0);
    const answer = jsonOf(rehearsed.stdout) as { steps: Record<string, unknown>[] };
    expect(answer).toMatchObject({
      status: "finished",
      reason: null,
      import: { rows: 1, created: 1, updated: 0, unchanged: 0, duplicate: 0, rejected: 0 },
      totals: { creatorsCreated: 1, seeded: 1, completed: 1, redemptionsValue: "25" },
      seeded: [{ missionId: mission, count: 1 }],
    });
    expect(answer.steps).toHaveLength(8);
    expect(rehearsed.stderr).toContain("[8/8] redemptions");
    expect(rehearsed.stderr).toContain(
      "would promote 0, demote 0, create 1 row, complete 1 mission, owe 1 reward worth 25 USD",
    );
    const operator = await callerAs(db, "operator", client);
    expect((await operator.imports.list({ clientId: client })).rows).toEqual([]);
    expect((await operator.creators.list({ clientId: client })).rows).toEqual([]);

    writeFileSync(path, "Handle,Video\nanna,1\n");
    const refused = await muster(["rehearse", "--client", subdomain, "--csv", path]);
    expect(refused).toMatchObject({ code: 1, stderr: "" });
    expect(refused.stdout).toMatch(/The sync would fail: .*"GMV"/);
    await operator.sync.start({ clientId: client });
    expect(await muster(["rehearse", "--client", subdomain])).toMatchObject({ code: 3 });
  });

  it("fails with the sentence of the refused file", async () => {
    const client = await aClient(db);
    const path = join(mkdtempSync(join(tmpdir(), "muster-cli-")), "day.csv");
    writeFileSync(path, "Handle,Video\nanna,1\n");
    const refused = await muster(["sync", "--client", await subdomainOf(client), "--csv", path]);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain('"GMV"');
    expect(refused.stderr).not.toContain("    at ");
  });

  it("goes on with a failed sync by its number, and says why not with another", async () => {
    const client = await aClient(db, { tiers: [] });
    const subdomain = await subdomainOf(client);
    const path = join(mkdtempSync(join(tmpdir(), "muster-cli-")), "day.csv");
    writeFileSync(
      path,
      "Handle,Video,Views,Likes,Comments,GMV,CTR,Units Sold,Post Date,Video Title\nanna,1,1,1,1,5,1,1,2026-01-05,t\n",
    );
    const failed = await muster(["sync", "--client", subdomain, "--csv", path]);
    expect(failed.code).toBe(1);
    expect(failed.stdout + failed.stderr).toContain("Nothing was written. Retry without the file, or start a new run");

    const retried = await muster(["sync", "--client", subdomain, "--retry", "1", "--without-file", "--json"]);
    expect(retried.code).toBe(0);
    expect(jsonOf(retried.stdout)).toMatchObject({ status: "succeeded", import: { rows: 0 } });
    expect(retried.stderr).toContain("had the run go on at step 1 (import), without a file.");

    const again = await muster(["sync", "--client", subdomain, "--retry", "1"]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("Sync 1 went through; only a failed one can be retried.");
    expect((await muster(["sync", "--client", subdomain, "--retry", "soon"])).code).toBe(2);
  });
});
