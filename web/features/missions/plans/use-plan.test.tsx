import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { SeedApplied } from "../../../../server/seeding/schema.ts";
import { usePlan } from "./use-plan.ts";
import type { Plan } from "./use-plan.ts";

afterEach(cleanup);

function aPlan(planId: string | null, willCreate = 1): Plan {
  const counts = { willCreate, alreadySeeded: 0, notEligible: 0, unknown: 0, total: willCreate };
  return { planId, computedAt: new Date(0), counts };
}

const expired: SeedApplied = { kind: "expired", expiredAt: new Date(0) };

/** A dialog that was opened over what a page showed, and whose new plans are made by `make`. */
function open(shown: Plan | undefined, make: () => Promise<Plan>) {
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  return renderHook((now: Plan | undefined) => usePlan(now, make), { wrapper, initialProps: shown }).result;
}

describe("the plan of a dialog", () => {
  it("is the one that the page showed: opening makes none", () => {
    const make = vi.fn<() => Promise<Plan>>(() => Promise.resolve(aPlan("new")));
    const dialog = open(aPlan("shown"), make);
    expect(dialog.current.plan?.planId).toBe("shown");
    expect(make).not.toHaveBeenCalled();
  });

  it.each([
    ["nothing", undefined],
    ["a preview that is no plan", aPlan(null)],
  ])("is made at once where the page showed %s", async (_, shown) => {
    const dialog = open(shown, () => Promise.resolve(aPlan("made")));
    expect(dialog.current).toMatchObject({ plan: undefined, isCounting: true });
    await waitFor(() => expect(dialog.current.plan?.planId).toBe("made"));
  });

  it("is made anew once when it was refused, and the refused one is kept beside it", async () => {
    const make = vi.fn<() => Promise<Plan>>(() => Promise.resolve(aPlan("new", 2)));
    const dialog = open(aPlan("shown"), make);
    act(() => dialog.current.judge(expired));
    expect(dialog.current.plan).toBeUndefined();
    await waitFor(() => expect(dialog.current.plan?.planId).toBe("new"));
    expect(dialog.current.refused).toEqual({ plan: aPlan("shown"), refusal: expired });
    expect(make).toHaveBeenCalledOnce();
  });

  it("stays when it was run", () => {
    const dialog = open(aPlan("shown"), () => Promise.reject(new Error("not to be asked")));
    const counts = { created: 1, alreadySeeded: 0, notEligible: 0, unknown: 0 };
    act(() => dialog.current.judge({ kind: "seeded", planned: 1, seedId: "s", ...counts }));
    expect(dialog.current).toMatchObject({ plan: { planId: "shown" }, refused: null });
  });
});
