import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { createCaller } from "../router.ts";
import { aClient, asOwner } from "../testing/builders.ts";
import { anAdmin, callerAs, contextFor } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { authoriseNewClient } from "./authorise.ts";
import { clientCreateInput } from "./schema.ts";
import { insertClient } from "./service.ts";

const db = testDatabase();

function aMail(): string {
  return `${randomUUID()}@example.test`;
}

function auditOf(client: ClientId) {
  return asOwner(db, (owner) =>
    owner.query<{ action: string; before: unknown; after: unknown; actor: string }>(sql`
      select action, before, after, actor_name as actor from audit_log where client_id = ${client}::uuid order by at`),
  );
}

describe("clients", () => {
  it("are listed to their members only, with the member's role", async () => {
    const [mine, other] = [await aClient(db), await aClient(db)];
    const admin = await anAdmin(db, mine, "operator");
    const caller = createCaller(contextFor(db, admin));
    expect((await caller.clients.list()).map(({ id, role }) => ({ id, role }))).toEqual([
      { id: mine, role: "operator" },
    ]);
    const { clients } = await caller.session.me();
    expect(clients).toEqual(await caller.clients.list());
    await expect(caller.clients.get({ clientId: other })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await caller.clients.get({ clientId: mine })).toEqual(clients[0]);
  });

  it("are all open to the command line, and one to its job", async () => {
    const [one, two] = [await aClient(db), await aClient(db)];
    const cli = createCaller(contextFor(db, { kind: "cli", name: "root" }));
    const ids = (await cli.clients.list()).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([one, two]));
    const job = createCaller(contextFor(db, { kind: "job", name: "nightly", clientId: one }));
    expect((await job.clients.list()).map(({ id, role }) => ({ id, role }))).toEqual([{ id: one, role: "operator" }]);
    await expect(job.clients.get({ clientId: two })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("refuse nobody in particular without a session", async () => {
    const caller = createCaller(contextFor(db, null));
    await expect(caller.clients.list()).rejects.toMatchObject({ code: "UNAUTHORIZED", message: "Sign in first." });
    await expect(caller.clients.get({ clientId: randomUUID() })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  it("are created by the command line alone, once per subdomain, with an audit entry", async () => {
    const cli = { kind: "cli", name: "root" } as const;
    const input = {
      name: "Acme",
      subdomain: `acme-${randomUUID()}`,
      metric: "units",
      timezone: "UTC",
      currency: "EUR",
      primaryColor: "#224466",
      checkpointMonths: 3,
    };
    const create = (id: ClientId) => inClient(db, id, (tx) => insertClient(tx, cli, id, { ...input, metric: "units" }));
    const client = authoriseNewClient(cli);
    await create(client);
    await expect(create(authoriseNewClient(cli))).rejects.toMatchObject({ code: "conflict", field: "subdomain" });
    expect(await auditOf(client)).toMatchObject([{ action: "client.created", after: input, actor: "root" }]);
    expect(() => authoriseNewClient({ kind: "job", name: "nightly", clientId: client })).toThrow(/command line/);
  });

  it.for(["EST", "+02:00", "Mars/Olympus", "America/New York", ""])("refuse %j as a time zone", (timezone) => {
    const input = { name: "Acme", subdomain: "acme", metric: "sales" };
    expect(clientCreateInput.safeParse({ ...input, timezone }).success).toBe(false);
    expect(clientCreateInput.safeParse({ ...input, timezone: "America/Argentina/Buenos_Aires" }).success).toBe(true);
  });
});

describe("freshness", () => {
  it("says nothing of a client that never ran", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "viewer", client);
    expect(await caller.clients.freshness({ clientId: client })).toEqual({
      lastSuccessAt: null,
      lastFileAt: null,
      lastRun: null,
      runningNumber: null,
      nextDueAt: null,
      scheduleTimezone: null,
      isMissed: false,
    });
  });

  it("tells the last success from the last run, and a missed start after five minutes", async () => {
    const client = await aClient(db);
    const due = new Date("2026-11-20T09:00:00Z");
    await asOwner(db, async (owner) => {
      await owner.execute(sql`
        insert into sync_runs (client_id, number, source, status, by_name, ended_at, error_code, error_message) values
          (${client}::uuid, 1, 'manual', 'succeeded_with_warnings', 'Ada', '2026-11-18T09:04:00Z', null, null),
          (${client}::uuid, 2, 'manual', 'failed', 'Ada', '2026-11-19T09:04:00Z', 'x', 'It failed.'),
          (${client}::uuid, 3, 'manual', 'running', 'Ada', null, null, null)`);
      await owner.execute(
        sql`insert into schedules (client_id, timezone, next_due_at) values (${client}::uuid, 'UTC', ${due}::timestamptz)`,
      );
    });
    const at = async (now: string) => {
      const caller = await callerAs(db, "viewer", client, { now: new Date(now) });
      return caller.clients.freshness({ clientId: client });
    };
    expect(await at("2026-11-20T09:04:59Z")).toEqual({
      lastSuccessAt: new Date("2026-11-18T09:04:00Z"),
      lastFileAt: null,
      lastRun: { number: 2, status: "failed", endedAt: new Date("2026-11-19T09:04:00Z") },
      runningNumber: 3,
      nextDueAt: due,
      scheduleTimezone: "UTC",
      isMissed: false,
    });
    expect((await at("2026-11-20T09:05:01Z")).isMissed).toBe(true);
  });
});

describe("members", () => {
  it("who are new get an account and a password that is told once", async () => {
    const client = await aClient(db);
    const owner = await callerAs(db, "owner", client);
    const email = aMail();
    const add = { clientId: client, email: email.toUpperCase(), name: "Grace", role: "viewer" } as const;
    const first = await owner.members.add(add);
    expect(first.member).toMatchObject({ email, name: "Grace", role: "viewer", isYou: false });
    expect(first.temporaryPassword).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect((await auditOf(client)).map(({ action }) => action)).toEqual(["member.added"]);
  });

  it("keep their account when they join another client", async () => {
    const [one, two] = [await aClient(db), await aClient(db)];
    const person = await anAdmin(db, one, "viewer");
    const owner = await callerAs(db, "owner", two);
    const added = await owner.members.add({ clientId: two, email: person.email, name: "Else", role: "operator" });
    expect(added).toMatchObject({ temporaryPassword: null, member: { adminId: person.id, name: person.name } });
    const caller = createCaller(contextFor(db, person));
    expect((await caller.clients.list()).map(({ role }) => role).toSorted()).toEqual(["operator", "viewer"]);
  });

  it("who are members already are not added again: their role stays, and nothing is written", async () => {
    const client = await aClient(db);
    const [self, person] = [await anAdmin(db, client, "owner"), await anAdmin(db, client, "operator")];
    const caller = createCaller(contextFor(db, self));
    const add = { clientId: client, email: person.email.toUpperCase(), name: "Else", role: "viewer" } as const;
    await expect(caller.members.add(add)).rejects.toMatchObject({
      code: "CONFLICT",
      message: `${person.name} is a member already, as operator. Change the role in the list.`,
      cause: { field: "email" },
    });
    await expect(caller.members.add({ ...add, email: self.email })).rejects.toMatchObject({
      message: "You are a member already, as owner. Change the role in the list.",
    });
    const members = await caller.members.list({ clientId: client });
    expect(members.map(({ name, role }) => ({ name, role }))).toEqual([
      { name: self.name, role: "owner" },
      { name: person.name, role: "operator" },
    ]);
    expect(await auditOf(client)).toEqual([]);
  });

  it("change role with an audit entry that holds both", async () => {
    const client = await aClient(db);
    const person = await anAdmin(db, client, "viewer");
    const owner = await callerAs(db, "owner", client);
    const change = { clientId: client, adminId: person.id, role: "operator" } as const;
    expect(await owner.members.changeRole(change)).toMatchObject({ adminId: person.id, role: "operator" });
    expect(await owner.members.changeRole(change)).toMatchObject({ role: "operator" });
    expect(await auditOf(client)).toMatchObject([
      { action: "member.role_changed", before: { role: "viewer" }, after: { role: "operator" } },
    ]);
  });

  it("lose everything the moment they are removed", async () => {
    const client = await aClient(db);
    const person = await anAdmin(db, client, "viewer");
    const caller = createCaller(contextFor(db, person));
    const owner = await callerAs(db, "owner", client);
    expect((await owner.members.list({ clientId: client })).map(({ role, isYou }) => ({ role, isYou }))).toEqual([
      { role: "owner", isYou: true },
      { role: "viewer", isYou: false },
    ]);
    await owner.members.remove({ clientId: client, adminId: person.id });
    await expect(caller.clients.get({ clientId: client })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await auditOf(client)).toMatchObject([{ action: "member.removed", before: { role: "viewer" } }]);
    await expect(owner.members.remove({ clientId: client, adminId: person.id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("never lose their last owner, neither by removal nor by another role", async () => {
    const client = await aClient(db);
    const last = await anAdmin(db, client, "owner");
    const caller = createCaller(contextFor(db, last));
    const refusal = { code: "CONFLICT", message: expect.stringContaining("is the last owner") as string };
    await expect(caller.members.remove({ clientId: client, adminId: last.id })).rejects.toMatchObject(refusal);
    await expect(
      caller.members.changeRole({ clientId: client, adminId: last.id, role: "viewer" }),
    ).rejects.toMatchObject(refusal);
    expect(await auditOf(client)).toEqual([]);
  });

  it("keep one owner when two remove each other at once", async () => {
    const client = await aClient(db);
    const [one, two] = [await anAdmin(db, client, "owner"), await anAdmin(db, client, "owner")];
    const outcomes = await Promise.allSettled([
      createCaller(contextFor(db, one)).members.remove({ clientId: client, adminId: two.id }),
      createCaller(contextFor(db, two)).members.remove({ clientId: client, adminId: one.id }),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
