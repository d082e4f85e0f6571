import { describe, expect, it } from "vitest";
import { z } from "zod";
import { placeShape, searchOf } from "./search.ts";

describe("the search of an address", () => {
  const search = searchOf({ state: z.enum(["draft", "active"]), q: z.string().max(5), ...placeShape });
  it("keeps what fits", () => {
    expect(search.parse({ state: "active", q: "gold", page: 2 })).toMatchObject({
      state: "active",
      q: "gold",
      page: 2,
    });
  });
  it("drops what does not, instead of breaking the page", () => {
    expect(search.parse({ state: "asleep", q: "much too long", page: 0, unknown: 1 })).toEqual({});
    expect(search.parse({})).toEqual({});
  });
});
