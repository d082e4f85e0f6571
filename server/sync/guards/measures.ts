/** What a step came to, for its guards: asked inside its transaction, before it is committed. */
import type { ImportId } from "../../base/ids.ts";
import type { StepContext, StepOutcome } from "../../base/step.ts";
import { inBulk } from "../../db/bulk.ts";
import type { Db } from "../../db/db.ts";
import { owedBy } from "../changes/service.ts";
import type { StepName } from "../schema.ts";
import type { Measure } from "./rules.ts";
import { LEAST_FILES, type Thresholds } from "./schema.ts";
import { countCreators, countDemoted, countFalling, medianRows } from "./sql.ts";

/** What is known only before the step has written: the figures that the file would make fall. */
export async function measureBefore(
  tx: Db,
  name: StepName,
  { settings }: StepContext,
  importId: ImportId | null,
  thresholds: Thresholds,
): Promise<Measure[]> {
  if (name !== "import" || importId === null || thresholds.falling === null) return [];
  const { known, falling } = await inBulk(tx, () => countFalling(tx, settings.id, importId));
  return [{ guard: "falling", actual: String(falling), base: known }];
}

/** What the step counted, and where that does not say it one question more. */
export async function measureAfter(
  tx: Db,
  name: StepName,
  context: StepContext,
  importId: ImportId | null,
  outcome: StepOutcome,
): Promise<Measure[]> {
  if (name === "import" && importId !== null) return importMeasures(tx, context, importId, outcome);
  if (name === "tiers" && countOf(outcome, "demoted") > 0) {
    return [{ guard: "demoted", actual: String(await countDemoted(tx, context)), base: outcome.rowsIn }];
  }
  if (name === "redemptions" && countOf(outcome, "redemptions") > 0) return redemptionMeasures(tx, context, outcome);
  return [];
}

async function importMeasures(
  tx: Db,
  { settings }: StepContext,
  importId: ImportId,
  outcome: StepOutcome,
): Promise<Measure[]> {
  const [rows, rejected, created] = [
    countOf(outcome, "rows"),
    countOf(outcome, "rejected"),
    countOf(outcome, "creatorsCreated"),
  ];
  const { files, median } = await medianRows(tx, settings.id, importId);
  const fewer: Measure = { guard: "fewer_rows", actual: String(Math.max(0, median - rows)), base: median };
  const before = created === 0 ? 0 : (await countCreators(tx, settings.id)) - created;
  return [
    ...(files < LEAST_FILES ? [] : [fewer]),
    { guard: "rejected", actual: String(rejected), base: rows },
    { guard: "created", actual: String(created), base: before },
  ];
}

async function redemptionMeasures(
  tx: Db,
  { settings, runId, now }: StepContext,
  outcome: StepOutcome,
): Promise<Measure[]> {
  const { value } = await owedBy(tx, { client: settings.id, runId, now });
  return [
    { guard: "redemptions", actual: String(countOf(outcome, "redemptions")), base: null },
    { guard: "redemptions_value", actual: value, base: null },
  ];
}

function countOf({ counts }: StepOutcome, name: string): number {
  return counts[name] ?? 0;
}
