import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { ticksAfter, useRowSelection } from "./use-row-selection.ts";

afterEach(cleanup);

const first = new Map([
  ["1", "anna"],
  ["2", "ben"],
]);
const second = new Map([
  ["3", "cem"],
  ["4", "dora"],
]);

describe("ticks", () => {
  it("stay while one turns pages, each with its name", () => {
    const one = ticksAfter({ rows: new Map(), isAll: false }, new Set(["1"]), first);
    const two = ticksAfter(one, new Set(["1", "4"]), second);
    expect([...two.rows]).toEqual([
      ["1", "anna"],
      ["4", "dora"],
    ]);
  });

  it("of all that match become those in sight when one of them is taken away", () => {
    const { rows, isAll } = ticksAfter({ rows: new Map(), isAll: true }, new Set(["4"]), second);
    expect([...rows]).toEqual([["4", "dora"]]);
    expect(isAll).toBe(false);
  });

  it("are gone when the filters change, and are not back when they change back", () => {
    const { result, rerender } = renderHook(({ scope }) => useRowSelection(scope), { initialProps: { scope: "a" } });
    act(() => result.current.select(new Set(["1"]), first));
    expect(result.current.ticks.rows.size).toBe(1);
    rerender({ scope: "b" });
    expect(result.current.ticks).toMatchObject({ isAll: false });
    expect(result.current.ticks.rows.size).toBe(0);
    act(() => result.current.selectAll());
    expect(result.current.ticks.isAll).toBe(true);
    rerender({ scope: "a" });
    expect(result.current.ticks.isAll).toBe(false);
    act(() => result.current.clear());
    rerender({ scope: "b" });
    expect(result.current.ticks.isAll).toBe(false);
  });
});
