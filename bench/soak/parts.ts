/** Who does what, and how often: about three requests a second in all. */
import type { Visit } from "../benches/api-load.ts";
import { byOwner, type Ground } from "../ground.ts";
import { downloads, followedRun, missionDay, smallFile, STEPS_OF_A_DAY, visitor } from "./acts.ts";
import type { Load, Part } from "./load.ts";
import type { Plan } from "./run.ts";
import { openSession, type Session } from "./session.ts";
import { pagesOf, questionsOf } from "./visits.ts";

/** Signs all of them in. The first ground is the large client, the second the small one. */
export async function partsOf(
  [large, small]: readonly Ground[],
  address: string,
  load: Load,
  { hurry, least }: Pick<Plan, "hurry" | "least">,
): Promise<Part[]> {
  let admins = 0;
  const open = (ground: Ground, role: "viewer" | "operator" | "owner") =>
    openSession({ ground, address, load }, (admins += 1), role);
  const part = (name: string, seconds: number, act: Part["act"], acts = least): Part => {
    return { name, everyMs: (seconds * 1_000) / hurry, least: acts, act };
  };
  const pages = await pagesOf(large!);
  const browsers: Part[] = [];
  for (const role of ["viewer", "operator", "operator", "owner"] as const) {
    browsers.push(part("browsing", 2, visiting(await open(large!, role), pages, admins * 5)));
  }
  return [
    ...browsers,
    part("browsing the small client", 4, visiting(await open(small!, "operator"), await pagesOf(small!), 0)),
    part("previewing", 3, visiting(await open(large!, "operator"), await questionsOf(large!), 0)),
    part(
      "setting missions running",
      20,
      missionDay(await open(large!, "owner"), await rewardOf(large!)),
      STEPS_OF_A_DAY,
    ),
    part("downloading", 20, await downloads(large!, await open(large!, "viewer"))),
    part("uploading", 60, smallFile(large!, await open(large!, "operator"))),
    part("following a run", 30, followedRun(await open(large!, "viewer"))),
    part("signing in and out", 60, visitor(await open(large!, "viewer"))),
  ];
}

function visiting({ call }: Session, visits: readonly Visit[], from: number): Part["act"] {
  return (turn) => visits[(from + turn) % visits.length]!(call);
}

async function rewardOf(ground: Ground): Promise<string> {
  const { rows } = await byOwner(ground, "select id from rewards where client_id = $1 limit 1", [ground.client]);
  return rows[0].id;
}
