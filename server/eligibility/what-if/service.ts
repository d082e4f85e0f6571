import { AppError, notFound } from "../../base/errors.ts";
import type { ClientId, MissionId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient, READING } from "../../db/tx.ts";
import { type Numbers, previewNumbers } from "../rules.ts";
import type { PreviewInput, WhatIf } from "../schema.ts";
import { countGroups } from "../counts-sql.ts";
import { countEligibility } from "../sql.ts";
import { askedTier, loosenings, type NamedRung, relaxSentence, type SavedTerms, whatIfRefusal } from "./rules.ts";
import type { RelaxHint } from "./schema.ts";
import { findTerms, listRungs } from "./sql.ts";

/**
 * The saved terms of a mission of which something is supposed, inside an open transaction. not_found for a mission of nobody,
 * bad_request naming the field for supposed terms that it could not be saved with.
 */
export async function checkedTerms(
  tx: Db,
  client: ClientId,
  { missionId, whatIf = {} }: Pick<PreviewInput, "missionId" | "whatIf">,
): Promise<SavedTerms> {
  const saved = { ...(await termsOf(tx, client, missionId)), ladder: await ladderOf(tx, client) };
  const refusal = whatIfRefusal(saved, whatIf);
  if (refusal !== null) throw new AppError("bad_request", refusal.message, { field: `whatIf.${refusal.field}` });
  return saved;
}

/** The same for callers who need no more than that terms are right: where nothing is supposed, the ladder is not asked for. */
export async function checkTerms(
  tx: Db,
  client: ClientId,
  input: Pick<PreviewInput, "missionId" | "whatIf">,
): Promise<void> {
  await (input.whatIf === undefined ? termsOf(tx, client, input.missionId) : checkedTerms(tx, client, input));
}

async function termsOf(tx: Db, client: ClientId, missionId: string): Promise<Omit<SavedTerms, "ladder">> {
  const terms = await findTerms(tx, client, missionId as MissionId);
  if (terms === null) throw notFound("This mission");
  return terms;
}

/** The client's ladder inside an open transaction, lowest first. */
export function ladderOf(tx: Db, client: ClientId): Promise<NamedRung[]> {
  return listRungs(tx, client);
}

/** How many more would come in if one rule alone were loosened to its next step, for each rule that removes creators. */
export function relax(db: RootDb, client: ClientId, input: PreviewInput): Promise<RelaxHint[]> {
  return inClient(
    db,
    client,
    async (tx) => {
      const saved = await checkedTerms(tx, client, input);
      const { missionId, whatIf = {} } = input;
      return relaxHints(tx, client, { missionId, saved, whatIf }, await judgedNumbers(tx, client, input));
    },
    READING,
  );
}

/** The numbers of a mission under supposed terms, inside an open transaction: those of its preview, without a plan. */
export async function judgedNumbers(tx: Db, client: ClientId, input: PreviewInput): Promise<Numbers> {
  return previewNumbers(await countGroups(tx, client, input));
}

interface Relaxed {
  missionId: string;
  saved: SavedTerms;
  whatIf: WhatIf;
}

/** The same inside an open transaction, for terms that were checked and counted. Every number is counted by the one definition. */
export async function relaxHints(
  tx: Db,
  client: ClientId,
  { missionId, saved, whatIf }: Relaxed,
  numbers: Numbers,
): Promise<RelaxHint[]> {
  const asked = askedTier(saved, whatIf);
  const hints: RelaxHint[] = [];
  // A loop over rules, of which there are five at most.
  for (const loosening of loosenings(saved, whatIf, numbers)) {
    const adds = loosening.whatIf === null ? null : await countAdded(tx, client, missionId, loosening.whatIf, numbers);
    hints.push({ ...loosening, adds, sentence: relaxSentence(loosening, adds, asked) });
  }
  return hints;
}

async function countAdded(
  tx: Db,
  client: ClientId,
  missionId: string,
  whatIf: WhatIf,
  { counts }: Numbers,
): Promise<number> {
  return (await countEligibility(tx, client, { missionId, whatIf, bucket: "will_create" })) - counts.willCreate;
}
