import { describe, expect, it } from "vitest";
import { initials } from "./account-menu.tsx";
import { routeOf, sectionOf } from "./navigation.ts";
import { groupsFor } from "./palette.tsx";
import type { PaletteEntry } from "./palette-entries.tsx";

const entry = (label: string, group: PaletteEntry["group"], isFound = false): PaletteEntry => ({
  key: label,
  group,
  label,
  icon: null,
  go: () => undefined,
  isFound,
});

describe("the palette", () => {
  const entries = [entry("Run 417", "Runs", true), entry("New mission", "Commands"), entry("Missions", "Pages")];
  it("shows everything before a letter is typed", () => {
    expect(groupsFor("", entries).map((group) => group.name)).toEqual(["Runs", "Commands", "Pages"]);
  });
  it("filters pages and commands by every word, and keeps what the server found", () => {
    expect(groupsFor("new miss", entries)).toMatchObject([
      { name: "Runs" },
      { name: "Commands", entries: [{ label: "New mission" }] },
    ]);
  });
});

describe("the sections", () => {
  it("are found from an address", () => {
    expect(sectionOf("/c/luma", "luma").name).toBe("Overview");
    expect(sectionOf("/c/luma/missions/123/edit", "luma").name).toBe("Missions");
    expect(sectionOf("/c/luma/sync/418", "luma").name).toBe("Sync");
  });
  it("have their route", () => {
    expect(routeOf("")).toBe("/c/$client");
    expect(routeOf("/health")).toBe("/c/$client/health");
  });
});

describe("the avatar", () => {
  it("shows the letters of first and last name", () => {
    expect(initials("Dana Reyes")).toBe("DR");
    expect(initials("  maria  da   silva ")).toBe("MS");
    expect(initials("Cher")).toBe("C");
    expect(initials("")).toBe("?");
  });
});
