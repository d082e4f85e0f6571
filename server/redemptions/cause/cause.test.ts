import { describe, expect, it } from "vitest";
import type { ClientId, RunId } from "../../base/ids.ts";
import { aClient, aCreator, aMission, aProgressRow } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { dayFile, type DayRow, storeDay } from "../../testing/day-files.ts";
import { runnerDeps } from "../../testing/runs.ts";
import { runSync } from "../../sync/runner.ts";
import { pipeline } from "../../sync/steps.ts";

const db = testDatabase();

async function night(client: ClientId, rows: readonly DayRow[], at: string) {
  const now = new Date(at);
  const caller = await callerAs(db, "operator", client, { now });
  const importId = await storeDay(db, client, dayFile(rows));
  const { runId } = await caller.sync.start({ clientId: client, importId });
  expect(await runSync(db, runnerDeps({ steps: pipeline, now: () => now }), client, runId as RunId)).toBe("succeeded");
  return importId;
}

describe("the cause of a redemption", () => {
  it("is the completed row, its run, and the videos that counted with file and line", async () => {
    const client = await aClient(db);
    await aMission(db, client, { targetValue: 500 });
    const first = await night(
      client,
      [
        { Handle: "anna", Video: "1", GMV: "100", "Post Date": "2026-11-15" },
        { Handle: "anna", Video: "2", GMV: "50", "Post Date": "2026-11-16" },
      ],
      "2026-11-20T09:00:00Z",
    );
    const second = await night(
      client,
      [
        { Handle: "ben", Video: "9", GMV: "7" },
        { Handle: "anna", Video: "1", GMV: "480", "Post Date": "2026-11-15" },
      ],
      "2026-11-21T09:00:00Z",
    );
    await night(
      client,
      [
        { Handle: "anna", Video: "2", GMV: "60", "Post Date": "2026-11-16" },
        { Handle: "anna", Video: "3", GMV: "900", "Post Date": "2026-11-17" },
      ],
      "2026-11-22T09:00:00Z",
    );
    const viewer = await callerAs(db, "viewer", client);
    const { rows } = await viewer.redemptions.list({ clientId: client });
    expect(rows).toHaveLength(1);

    const cause = await viewer.redemptions.cause({ clientId: client, redemptionId: rows[0]!.id });

    expect(cause).toMatchObject({ handle: "anna", value: "530", target: "500", completedBy: 2, madeBy: 2 });
    expect(cause).toMatchObject({ videoCount: 2, worthNow: "540" });
    expect(cause.videos).toMatchObject([
      { key: "1", worth: "480", importId: second, line: 3, hasChangedSince: false },
      // The file of the third night changed it, after the row was completed; the third video had no part in it.
      { key: "2", worth: "60", line: 2, hasChangedSince: true },
    ]);
    expect(cause.videos[1]!.importId).not.toBe(first);
  });

  it("knows no run and no video of a row that was completed by other means, and is not found elsewhere", async () => {
    const [client, elsewhere] = [await aClient(db), await aClient(db)];
    const user = await aCreator(db, client);
    await aProgressRow(db, client, user, await aMission(db, client), { status: "completed" });
    await night(client, [], "2026-11-22T09:00:00Z");
    const viewer = await callerAs(db, "viewer", client);
    const { rows } = await viewer.redemptions.list({ clientId: client });

    const cause = await viewer.redemptions.cause({ clientId: client, redemptionId: rows[0]!.id });

    expect(cause).toMatchObject({ completedBy: null, madeBy: 1, videos: [], videoCount: 0, worthNow: "0" });
    const stranger = await callerAs(db, "viewer", elsewhere);
    await expect(stranger.redemptions.cause({ clientId: elsewhere, redemptionId: rows[0]!.id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
