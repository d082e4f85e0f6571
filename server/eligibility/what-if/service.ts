import { AppError, notFound } from "../../base/errors.ts";
import type { ClientId, MissionId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { previewNumbers } from "../rules.ts";
import type { PreviewInput, WhatIf } from "../schema.ts";
import { countEligibility, countGroups } from "../sql.ts";
import { askedTier, isSupposing, loosenings, relaxSentence, type SavedTerms, whatIfRefusal } from "./rules.ts";
import type { RelaxHint } from "./schema.ts";
import { findTerms } from "./sql.ts";

/** What is supposed of a mission. */
export interface Supposed {
  saved: SavedTerms;
  whatIf: WhatIf;
  /** false when every supposed term is the saved one */
  isWhatIf: boolean;
}

/**
 * What is supposed of a mission, inside an open transaction. not_found for a mission of nobody, bad_request naming the field for
 * terms that it could not be saved with.
 */
export async function supposed(tx: Db, client: ClientId, { missionId, whatIf = {} }: PreviewInput): Promise<Supposed> {
  const saved = await findTerms(tx, client, missionId as MissionId);
  if (saved === null) throw notFound("This mission");
  const refusal = whatIfRefusal(saved, whatIf);
  if (refusal !== null) throw new AppError("bad_request", refusal.message, { field: `whatIf.${refusal.field}` });
  return { saved, whatIf, isWhatIf: isSupposing(saved, whatIf) };
}

/** How many more would come in if one rule alone were loosened to its next step, for each rule that removes creators. */
export function relax(db: RootDb, client: ClientId, input: PreviewInput): Promise<RelaxHint[]> {
  return inClient(
    db,
    client,
    async (tx) => {
      const { saved, whatIf } = await supposed(tx, client, input);
      return relaxHints(tx, client, { missionId: input.missionId, saved, whatIf });
    },
    { isolation: "repeatable read" },
  );
}

interface Relaxed {
  missionId: string;
  saved: SavedTerms;
  whatIf: WhatIf;
}

/** The same inside an open transaction, for terms that were checked. Every number is counted by the one definition. */
export async function relaxHints(
  tx: Db,
  client: ClientId,
  { missionId, saved, whatIf }: Relaxed,
): Promise<RelaxHint[]> {
  const numbers = previewNumbers(await countGroups(tx, client, { missionId, whatIf }));
  const asked = askedTier(saved, whatIf);
  const hints: RelaxHint[] = [];
  for (const loosening of loosenings(saved, whatIf, numbers)) {
    const adds =
      loosening.whatIf === null
        ? null
        : (await countEligibility(tx, client, { missionId, whatIf: loosening.whatIf, bucket: "will_create" })) -
          numbers.counts.willCreate;
    hints.push({ ...loosening, adds, sentence: relaxSentence(loosening, adds, asked) });
  }
  return hints;
}
