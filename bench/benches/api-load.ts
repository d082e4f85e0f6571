import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import superjson from "superjson";
import { encodeCursor } from "../../server/base/paging.ts";
import type { AppRouter } from "../../server/router.ts";
import { signInOne } from "../admins.ts";
import type { Bench } from "../bench.ts";
import { handleAt, knownMissions } from "../data/known.ts";
import { type Ground, withAutovacuum } from "../ground.ts";
import { median, p95, timed } from "../measure.ts";
import { layFile, syncNight, withoutGuards } from "../night.ts";
import { seeded } from "../pipeline.ts";
import { settle } from "../postgres.ts";
import { result } from "../result.ts";
import { type RunningServer, withServer } from "../server-process.ts";

/** Somebody who browses looks at a page for one to three seconds. */
const LOOK_MS = [1_000, 3_000] as const;

export const apiLoadBench: Bench = {
  name: "api_load",
  about:
    "fifty signed-in admins open pages of the real server over http, each looking at one for one to three seconds, while a worker, and then the server itself, syncs",
  isCheap: false,
  run: async (ground) => {
    await seeded(ground);
    await withoutGuards(ground);
    const apart = await browsed(ground, { withWorker: true, firstNight: 11 });
    const together = await browsed(ground, { withWorker: false, firstNight: 111 });
    await settle(ground, "videos", "users", "mission_progress", "creator_ranks");
    return [
      result("api_load.p50", median(apart.taken), "ms"),
      result("api_load.p95", p95(apart.taken), "ms", 150),
      result("api_load.errors", apart.errors, "requests", 0),
      result("api_load.requests", apart.taken.length, "requests"),
      result("api_load.one_process_p50", median(together.taken), "ms"),
      result("api_load.one_process_p95", p95(together.taken), "ms"),
      result("api_load.one_process_errors", together.errors, "requests", 0),
    ];
  },
};

interface Browsed {
  /** milliseconds of every visit that began during a sync */
  taken: number[];
  /** visits that failed, whenever */
  errors: number;
}

async function browsed(
  ground: Ground,
  { withWorker, firstNight }: { withWorker: boolean; firstNight: number },
): Promise<Browsed> {
  const seen: Browsed = { taken: [], errors: 0 };
  const meanwhile = async ({ address }: RunningServer) => {
    const cookies = await signInAll(ground, address);
    const visits = await visitsOf(ground);
    const clock = { isSyncing: false };
    const ended = new AbortController();
    // Each of the admins listens.
    setMaxListeners(0, ended.signal);
    const browsing = cookies.map((cookie, admin) =>
      browse({ visits, call: clientOf(address, cookie), admin, signal: ended.signal, size: ground.size }, clock, seen),
    );
    try {
      await withAutovacuum(ground, () => syncFor(ground, firstNight, clock));
    } finally {
      ended.abort();
    }
    await Promise.all(browsing);
  };
  await withServer(ground, meanwhile, { withWorker });
  return seen;
}

async function signInAll(ground: Ground, address: string): Promise<string[]> {
  const cookies: string[] = [];
  for (let admin = 1; admin <= ground.size.admins; admin += 1) cookies.push(await signInOne(ground, address, admin));
  return cookies;
}

interface Clock {
  /** Between two nights this very process is busy writing the next file: what is measured then says nothing about the server. */
  isSyncing: boolean;
}

/** Syncs one night after the other until that took long enough; a night that has begun is brought to its end. */
async function syncFor(ground: Ground, first: number, clock: Clock): Promise<void> {
  let synced = 0;
  for (let night = first; night === first || synced < ground.size.browseMs; night += 1) {
    await layFile(ground, night, 20);
    clock.isSyncing = true;
    synced += (await timed(() => syncNight(ground))).ms;
    clock.isSyncing = false;
  }
}

export type Client = ReturnType<typeof clientOf>;

/** The console's calls as an admin who is signed in. */
export function clientOf(address: string, cookie: string, fetchWith: typeof fetch = fetch) {
  const link = { url: `${address}/trpc`, transformer: superjson, headers: { cookie }, maxURLLength: 4000 };
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ ...link, fetch: (url, options) => fetchWith(url, options as RequestInit) })],
  });
}

export type Visit = (call: Client) => Promise<unknown>;

/** What the console asks for on its most visited pages. */
export async function visitsOf(ground: Ground): Promise<Visit[]> {
  const { client: clientId } = ground;
  const { running, forAll, forTier3 } = await knownMissions(ground);
  const after = encodeCursor([await handleAt(ground, 0.7)]);
  return [
    async (call) => {
      await Promise.all([
        call.missions.list.query({ clientId }),
        call.missions.count.query({ clientId }),
        call.missions.counts.query({ clientId, missionIds: running }),
      ]);
    },
    (call) => call.eligibility.preview.query({ clientId, missionId: forTier3 }),
    (call) => call.eligibility.list.query({ clientId, missionId: forAll, bucket: "already_seeded", after }),
    (call) => call.eligibility.list.query({ clientId, missionId: forTier3, bucket: "will_create" }),
    (call) => call.creators.list.query({ clientId, q: "amber" }),
    (call) => call.creators.list.query({ clientId, after }),
    (call) => call.creators.list.query({ clientId, sort: "rank" }),
    (call) => call.sync.list.query({ clientId }),
    (call) => call.session.me.query(),
  ];
}

interface Browsing {
  visits: readonly Visit[];
  call: Client;
  admin: number;
  signal: AbortSignal;
  size: Ground["size"];
}

async function browse({ visits, call, admin, signal, size }: Browsing, clock: Clock, seen: Browsed): Promise<void> {
  const [shortest, longest] = LOOK_MS.map((ms) => Math.min(ms, size.browseMs / 10)) as [number, number];
  for (let turn = 0; !signal.aborted; turn += 1) {
    // Nobody begins at the same moment, and everybody at another page.
    const chance = ((admin * 37 + turn * 61) % 100) / 100;
    await wait(shortest + chance * (longest - shortest), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const visit = visits[(admin + turn) % visits.length]!;
    const counts = clock.isSyncing;
    const { ms, answer } = await timed(() =>
      visit(call).then(
        () => false,
        () => true,
      ),
    );
    if (counts) seen.taken.push(ms);
    if (answer) seen.errors += 1;
  }
}
