/** What a look makes of the answers of both servers, which are stand-ins here. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLog } from "../../base/log.ts";
import type { Asked } from "./position.ts";
import { Teller } from "./teller.ts";
import { Watch } from "./watch.ts";

interface Says {
  position: () => bigint | null;
  identity?: () => string;
}

/** A server that knows the questions of a look, and no others. */
function aServer({ position, identity = () => "7 1" }: Says): Asked {
  return {
    query: (question) =>
      Promise.resolve().then(() => {
        const told = question.includes("_lsn()") ? (position()?.toString() ?? null) : identity();
        return { rows: [{ told }] };
      }),
  };
}

function fails(code: string, message = "no answer"): () => never {
  return () => {
    throw Object.assign(new Error(message), { code });
  };
}

const watches: Watch[] = [];
// Only the looks that a test asks for.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(async () => {
  for (const watch of watches.splice(0)) await watch.stop();
  vi.useRealTimers();
});

/** A watch that has looked once. */
async function watching(primary: Says, replica: Says): Promise<Watch> {
  const teller = new Teller(createLog({ level: "silent" }));
  const watch = new Watch({ primary: aServer(primary), replica: aServer(replica), teller, listeners: 1 });
  watches.push(watch);
  await watch.look();
  return watch;
}

describe("a look", () => {
  it.each([
    ["has replayed all", 100n, "7 1", "in_use"],
    ["has not reached the only mark that there is", 99n, "7 1", "starting"],
    ["is ahead of the primary", 101n, "7 1", "foreign"],
    ["is of another system", 100n, "8 1", "foreign"],
    ["follows nobody", null, "7 1", "foreign"],
  ] as const)("at a replica that %s", async (_, replayed, identity, state) => {
    const watch = await watching({ position: () => 100n }, { position: () => replayed, identity: () => identity });
    expect(watch.report().state).toBe(state);
  });

  it("does not take a replica for foreign that has replayed what was written since the mark", async () => {
    let written = 100n;
    const watch = await watching({ position: () => written++ }, { position: () => 101n });
    expect(watch.report().state).toBe("in_use");
  });

  it.each([["0A000"], ["42501"], ["42883"]])(
    "finds no replica of a primary that cannot say where its log stands: %s",
    async (code) => {
      const watch = await watching({ position: fails(code) }, { position: () => 100n });
      expect(watch.report().state).toBe("foreign");
    },
  );

  it.each([
    ["a statement timeout", "57014"],
    ["a lock timeout", "55P03"],
    ["a disk that is full", "53100"],
    ["a shutdown", "57P01"],
    ["a connection refused", "ECONNREFUSED"],
  ])("that the primary does not answer says nothing of the replica: %s", async (_, code) => {
    let position: () => bigint = () => 100n;
    const watch = await watching({ position: () => position() }, { position: () => 100n });
    const before = watch.report();
    expect(before.state).toBe("in_use");
    position = fails(code);
    await watch.look();
    await watch.look();
    expect(watch.report()).toMatchObject({ state: "in_use", asOf: before.asOf, since: before.since });
    expect(watch.broken.aborted).toBe(false);
  });

  it.each([
    ["57014", "in_use"],
    ["ECONNREFUSED", "in_use"],
    ["42501", "foreign"],
  ])("that the primary does not finish, either: %s at its second position", async (code, state) => {
    let asked = 0;
    const position = () => (++asked % 2 === 1 ? 100n : fails(code)());
    let replayed = 100n;
    const watch = await watching({ position }, { position: () => replayed });
    expect([watch.report().state, asked]).toEqual(["in_use", 1]);
    asked = 0;
    replayed = 101n;
    await watch.look();
    await watch.look();
    expect([watch.report().state, asked]).toEqual([state, 4]);
    expect(watch.broken.aborted).toBe(false);
  });

  it("breaks what is under way when the replica did not answer twice, and begins anew when it is back", async () => {
    let position: () => bigint = fails("ECONNREFUSED");
    const watch = await watching({ position: () => 100n }, { position: () => position() });
    const { broken } = watch;
    expect([watch.report().state, broken.aborted]).toEqual(["away", false]);
    await watch.look();
    expect([watch.report().state, broken.aborted]).toEqual(["away", true]);
    position = () => 100n;
    await watch.look();
    expect([watch.report().state, watch.broken.aborted]).toEqual(["in_use", false]);
  });
});
