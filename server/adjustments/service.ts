import { clientSettings } from "../access/settings.ts";
import { record } from "../audit/record.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import { type Page, pageStart, toPage } from "../base/paging.ts";
import type { StepContext, StepOutcome } from "../base/step.ts";
import { counted } from "../base/text.ts";
import { creatorByHandle } from "../creators/service.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { refuseValue } from "./rules.ts";
import type { AdjustmentCreateInput, AdjustmentDto, AdjustmentListInput } from "./schema.ts";
import {
  type AdjustmentFilters,
  type AdjustmentRow,
  countAdjustments,
  insertAdjustment,
  listAdjustments as listRows,
  updatePending,
} from "./sql.ts";

/** Step 2: pending adjustments count from now on, each once; the sums that they change are step 3's (domain reference, section 8). */
export async function applyAdjustments(tx: Db, step: StepContext): Promise<StepOutcome> {
  const applied = await updatePending(tx, step.settings.id, step.now);
  return {
    rowsIn: applied,
    rowsOut: applied,
    skipped: {},
    counts: { applied },
    message: applied === 0 ? "No pending adjustments" : `${counted(applied, "adjustment")} applied`,
    warnings: 0,
  };
}

/** A page of adjustments, newest first. */
export function listAdjustments(
  db: RootDb,
  client: ClientId,
  input: AdjustmentListInput,
): Promise<Page<AdjustmentDto>> {
  return inClient(db, client, async (tx) => {
    const rows = await listRows(tx, client, input, { ...pageStart(input, ["instant", "uuid"]), limit: input.limit });
    const page = toPage(rows, input, (row) => [row.createdKey, row.id]);
    return { ...page, rows: page.rows.map(toDto) };
  });
}

/** How many adjustments the filters leave. */
export function countOfAdjustments(db: RootDb, client: ClientId, filters: AdjustmentFilters): Promise<number> {
  return inClient(db, client, (tx) => countAdjustments(tx, client, filters));
}

/** Enters an adjustment in the client's metric; the next sync applies it. bad_request for a sign that the type does not have. */
export function createAdjustment(
  db: RootDb,
  who: { actor: Actor; client: ClientId; now: Date },
  input: AdjustmentCreateInput,
): Promise<AdjustmentDto> {
  const { actor, client, now } = who;
  return inClient(db, client, async (tx) => {
    const { vipMetric } = await clientSettings(tx, client);
    const refusal = refuseValue(input.adjustmentType, input.value, vipMetric);
    if (refusal !== null) throw new AppError("bad_request", refusal, { field: "value" });
    const creator = await creatorByHandle(tx, client, input.handle);
    if (creator === null) {
      throw new AppError("not_found", `No creator of this client has the handle ${input.handle}.`, { field: "handle" });
    }
    const row = await insertAdjustment(tx, client, {
      userId: creator.userId,
      amount: vipMetric === "sales" ? input.value : null,
      amountUnits: vipMetric === "units" ? input.value : null,
      adjustmentType: input.adjustmentType,
      reason: input.reason,
      adjustedBy: actor.name,
      now,
    });
    await record(tx, actor, client, {
      action: "adjustment.created",
      subject: { kind: "creator", id: creator.userId, name: creator.handle },
      after: {
        type: input.adjustmentType,
        [vipMetric === "sales" ? "amount" : "units"]: input.value,
        reason: input.reason,
      },
    });
    return toDto(row);
  });
}

function toDto(row: AdjustmentRow): AdjustmentDto {
  const { createdKey: _key, ...adjustment } = row;
  return adjustment;
}
