/** What the owners of a programme would have set up by hand: client, ladder, people, rewards, missions. Adds only what is missing. */
import type { Role } from "../access/schema.ts";
import type { Actor } from "../base/actor.ts";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import type { createCaller } from "../router.ts";
import { createClient } from "../schedule/new-client.ts";
import type { TiersUpdateInput } from "../tiers/schema.ts";
import type { DemoProgramme } from "./programme.ts";

export interface SetUpOptions {
  db: RootDb;
  actor: Actor;
  callerAt: (clock: () => Date) => ReturnType<typeof createCaller>;
  now: () => Date;
  accounts: readonly { email: string; name: string; role: Role }[];
}

/** Answers the client, set up and without any creator yet (or as an earlier start left it). */
export async function setUp(options: SetUpOptions, programme: DemoProgramme): Promise<ClientId> {
  const caller = options.callerAt(options.now);
  const client = await findOrCreateClient(options, caller, programme);
  const clientId: string = client;
  const members = await caller.members.list({ clientId });
  for (const { email, name, role } of options.accounts) {
    if (!members.some((member) => member.email === email)) await caller.members.add({ clientId, email, name, role });
  }
  const rewards = (await caller.rewards.list({ clientId, limit: 200 })).rows;
  for (const reward of programme.rewards) {
    if (!rewards.some((known) => known.name === reward.name)) await caller.rewards.create({ clientId, ...reward });
  }
  const ids = new Map((await caller.rewards.list({ clientId, limit: 200 })).rows.map((row) => [row.name, row.id]));
  const missions = (await caller.missions.list({ clientId, limit: 200 })).rows;
  for (const { input, reward } of programme.missions) {
    if (missions.some((known) => known.title === input.title)) continue;
    const rewardId = reward === null ? null : (ids.get(programme.rewards[reward]!.name) ?? null);
    await caller.missions.create({ clientId, ...input, rewardId });
  }
  await openGuards(caller, clientId);
  if (programme.unknownTierMission !== null) await renameTier(options.db, client, programme.unknownTierMission);
  return client;
}

/** Who looks around uploads a file of ten rows, and its run is to go through: the demo alone has no guard against short files. */
async function openGuards(caller: ReturnType<typeof createCaller>, clientId: string): Promise<void> {
  const { thresholds, updatedAt } = await caller.guards.get({ clientId });
  if (updatedAt === null) await caller.guards.save({ clientId, thresholds: { ...thresholds, fewer_rows: null } });
}

/** The console refuses a tier that the ladder does not have; an older system did not. */
async function renameTier(db: RootDb, client: ClientId, title: string): Promise<void> {
  await inClient(db, client, (tx) =>
    tx.execute(sql`
      update missions set tier_eligibility = 'tier_6' where client_id = ${client}::uuid and title = ${title}`),
  );
}

async function findOrCreateClient(
  { db, actor, now }: SetUpOptions,
  caller: ReturnType<typeof createCaller>,
  { client, ladder }: DemoProgramme,
): Promise<ClientId> {
  const known = (await caller.clients.list()).find((row) => row.subdomain === client.subdomain);
  if (known !== undefined) return known.id as ClientId;
  return createClient(db, actor, { ...client, tiers: tiersOf(ladder, client.metric) }, now());
}

function tiersOf(ladder: DemoProgramme["ladder"], metric: "sales" | "units"): TiersUpdateInput["tiers"] {
  return ladder.map(({ name, threshold }, index) => ({
    tierId: null,
    tierName: name,
    tierColor: null,
    salesThreshold: metric === "sales" ? String(threshold) : null,
    unitsThreshold: metric === "units" ? String(threshold) : null,
    commissionRate: String(10 + 2 * index),
    checkpointExempt: index === 0,
  }));
}
