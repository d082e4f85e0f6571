import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { jsonBody, outcomeOf, signatureOf, slackBody, textOf, waitAfter } from "./rules.ts";
import type { News } from "./schema.ts";

const client = { name: "Luma & <Co>", subdomain: "luma", timezone: "America/New_York" };
const sender = { client, publicUrl: "https://muster.example" };
const at = new Date("2026-11-22T09:00:00Z");
const run = { runId: "r", number: 12, source: "schedule", startedAt: null, scheduledFor: null, warnings: 9 };

describe("news in words", () => {
  it.each<[News, string]>([
    [
      { type: "failed", data: { ...run, error: { code: "x", message: "Step 7 failed: no answer." } } },
      "Luma & <Co>: sync 12 failed\nStep 7 failed: no answer.\nhttps://muster.example/c/luma/sync/12",
    ],
    [
      { type: "warnings", data: { ...run, error: null } },
      "Luma & <Co>: sync 12 ended with warnings\n9 findings; all steps were carried out.\nhttps://muster.example/c/luma/sync/12",
    ],
    [
      { type: "missed", data: { dueAt: ["2026-11-22T09:00:00Z"], reason: "Nothing ran.", run: null } },
      "Luma & <Co>: a sync was missed\nDue 22 Nov 2026, 04:00 (America/New_York).\nNothing ran.\nhttps://muster.example/c/luma/schedule",
    ],
    [
      { type: "test", data: { byName: "Ada" } },
      "Luma & <Co>: this is a test\nSent by Ada to see whether it arrives. Nothing happened.\nhttps://muster.example/c/luma/notifications",
    ],
  ])("%#", (news, text) => {
    expect(textOf({ news }, sender)).toBe(text);
  });

  it("are written out for Slack, which takes three characters for its own", () => {
    const body = slackBody(
      { id: "e", at, news: { type: "test", data: { byName: "Ada" } } },
      { client, publicUrl: null },
    );
    expect(JSON.parse(body)).toEqual({
      text: "*Luma &amp; &lt;Co&gt;: this is a test*\nSent by Ada to see whether it arrives. Nothing happened.",
    });
  });

  it("hold the data as JSON, the same on every attempt", () => {
    const told = { id: "e", at, news: { type: "failed", data: { ...run, error: null } } as const };
    expect(jsonBody(told, sender)).toBe(jsonBody(told, sender));
    expect(JSON.parse(jsonBody(told, sender))).toMatchObject({
      id: "e",
      type: "failed",
      client: { subdomain: "luma" },
      data: { number: 12 },
      link: "https://muster.example/c/luma/sync/12",
    });
  });
});

describe("a signature", () => {
  it("can be computed anew by who knows the secret", () => {
    const signature = signatureOf("{}", "secret", at);
    const expected = createHmac("sha256", "secret").update("1795338000.{}").digest("hex");
    expect(signature).toBe(`t=1795338000,v1=${expected}`);
    expect(signatureOf("{ }", "secret", at)).not.toBe(signature);
  });
});

describe("an attempt", () => {
  it.each([
    [200, "delivered"],
    [204, "delivered"],
    [301, "failed"],
    [404, "failed"],
    [410, "failed"],
    [408, "retry"],
    [429, "retry"],
    [500, "retry"],
    [503, "retry"],
    [null, "retry"],
  ] as const)("that is answered %s is %s", (status, outcome) => {
    expect(outcomeOf(status)).toBe(outcome);
  });

  it("is followed by others with growing pauses, and then by none", () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((attempt) => waitAfter(attempt)!);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waitAfter(8)).toBeNull();
  });
});
