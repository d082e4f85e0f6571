import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { useOverlay } from "./use-overlay.ts";

afterEach(cleanup);

/** Code that comes when it is told to. */
function onTheWay() {
  let arrive = () => {};
  const code = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  return { load: () => code, arrive: () => arrive() };
}

const shown = (load: () => Promise<unknown>) => renderHook(() => useOverlay(load)).result;

it("what lies over the page opens once its code is there, and not before", async () => {
  const { load, arrive } = onTheWay();
  const overlay = shown(load);
  act(() => overlay.current.open());
  expect(overlay.current).toMatchObject({ isThere: false, isOpen: false });
  await act(async () => arrive());
  expect(overlay.current).toMatchObject({ isThere: true, isOpen: true });
  act(() => overlay.current.close());
  expect(overlay.current).toMatchObject({ isThere: true, isOpen: false });
});

it("what was closed while its code was on the way stays closed", async () => {
  const { load, arrive } = onTheWay();
  const overlay = shown(load);
  act(() => overlay.current.open());
  act(() => overlay.current.close());
  await act(async () => arrive());
  expect(overlay.current.isOpen).toBe(false);
});

it("code that does not come opens nothing, and comes the next time", async () => {
  const load = vi.fn<() => Promise<unknown>>().mockRejectedValueOnce(new TypeError("offline")).mockResolvedValue({});
  const overlay = shown(load);
  await act(async () => overlay.current.open());
  expect(overlay.current).toMatchObject({ isThere: false, isOpen: false, hasFailed: true });
  await act(async () => overlay.current.open());
  expect(overlay.current).toMatchObject({ isOpen: true, hasFailed: false });
});
