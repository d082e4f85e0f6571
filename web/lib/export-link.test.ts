import { describe, expect, it } from "vitest";
import { exportHref } from "./export-link.ts";

describe("the address of a download", () => {
  it("carries the filters that are set, and nothing else", () => {
    expect(exportHref("c", "creators", {})).toBe("/api/clients/c/exports/creators.csv");
    expect(exportHref("c", "creators", { q: undefined, tier: "tier_2", sort: "rank" })).toBe(
      "/api/clients/c/exports/creators.csv?tier=tier_2&sort=rank",
    );
  });

  it("writes each kind of filter as the server reads it, whatever is in it", () => {
    const href = exportHref("c", "eligibility", {
      q: "a&b=1 +%",
      userIds: ["a", "b"],
      isPending: false,
      whatIf: { enabled: true },
    });
    const query = new URL(href, "http://localhost").searchParams;
    expect(Object.fromEntries(query)).toEqual({
      q: "a&b=1 +%",
      userIds: "a,b",
      isPending: "false",
      whatIf: '{"enabled":true}',
    });
  });
});
