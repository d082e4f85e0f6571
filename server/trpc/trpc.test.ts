import { Writable } from "node:stream";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { pino } from "pino";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "../base/errors.ts";
import type { AdminId } from "../base/ids.ts";
import { openDatabase } from "../db/pools.ts";
import { testTelling } from "../testing/caller.ts";
import type { Context } from "./context.ts";
import { router, signedIn } from "./trpc.ts";

/** Never connected: none of these procedures asks it anything. */
const db = openDatabase({ url: "postgresql://nobody@127.0.0.1:1/none", applicationName: "muster test" });
afterAll(() => db.close());

const SECRET = "relation secret_table does not exist";

function fail(): never {
  throw new Error(SECRET);
}

const probe = router({
  refuse: signedIn.query(() => {
    throw new AppError("conflict", "It is taken.", { field: "name", details: { by: "Ada" } });
  }),
  break: signedIn.query(fail),
  parse: signedIn.query(() => z.object({ inner: z.string() }).parse({})),
  ask: signedIn.input(z.object({ tiers: z.array(z.object({ name: z.string().min(1, "A name") })) })).query(() => "ok"),
  stream: signedIn.subscription(async function* () {
    yield await Promise.resolve("first");
    fail();
  }),
  strict: signedIn.subscription(async function* () {
    yield await Promise.resolve("first");
    throw new AppError("unauthenticated", "Your session has ended.");
  }),
});

interface Answer {
  status: number;
  text: string;
  error: { message: string; data: Record<string, unknown> };
  log: Record<string, unknown>[];
}

async function ask(path: string, input?: unknown, createContext?: () => never): Promise<Answer> {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const actor = { kind: "admin", id: "a" as AdminId, name: "Ada", email: "ada@example.test" } as const;
  const context: Context = {
    db,
    actor,
    now: () => new Date(),
    log: pino({ base: null }, sink),
    inboxDir: "/nowhere",
    uploadLimitBytes: 1_000_000,
    telling: testTelling,
    requestId: "abc123",
    isSessionAlive: () => Promise.resolve(true),
  };
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
  const response = await fetchRequestHandler({
    endpoint: "/trpc",
    req: new Request(`http://localhost/trpc/${path}${query}`),
    router: probe,
    createContext: createContext ?? (() => context),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  const parsed = isJson ? (JSON.parse(text) as { error?: { json: Answer["error"] } }) : {};
  return {
    status: response.status,
    text,
    error: parsed.error?.json ?? { message: "", data: {} },
    log: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe("an expected refusal", () => {
  it("arrives in its own words, with field and facts, and is not logged", async () => {
    const { status, error, log } = await ask("refuse");
    expect(status).toBe(409);
    expect(error.message).toBe("It is taken.");
    expect(error.data).toEqual({
      code: "CONFLICT",
      httpStatus: 409,
      path: "refuse",
      field: "name",
      appCode: "conflict",
      details: { by: "Ada" },
    });
    expect(log).toEqual([]);
  });

  it("of malformed input names the field by its path", async () => {
    const { status, error } = await ask("ask", { tiers: [{ name: "Gold" }, { name: "" }] });
    expect(status).toBe(400);
    expect(error.message).toBe("tiers.1.name: A name");
    expect(error.data).toMatchObject({ field: "tiers.1.name", appCode: "bad_request" });
    const whole = await ask("ask", "text");
    expect(whole.error.message).toMatch(/^input: /);
    expect(whole.error.data["field"]).toBeNull();
  });

  it("of text with a NUL character comes before the database is asked, and spares text that only looks like one", async () => {
    const { status, error } = await ask("ask", { tiers: [{ name: "Go\0ld" }] });
    expect(status).toBe(400);
    expect(error.message).toContain("NUL");
    expect((await ask("ask", { tiers: [{ name: String.raw`Go\u0000ld` }] })).status).toBe(200);
  });

  it("inside a stream keeps its words", async () => {
    const { text } = await ask("strict");
    expect(text).toContain("first");
    expect(text).toContain("Your session has ended.");
  });
});

describe("a bug", () => {
  it("shows its reference and nothing else, and is logged once with path and actor", async () => {
    const { status, text, error, log } = await ask("break");
    expect(status).toBe(500);
    expect(error.message).toBe(
      "Something failed that should not have. Nothing of this request was saved. Reference abc123.",
    );
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain("stack");
    expect(log).toMatchObject([
      {
        path: "break",
        actor: "Ada",
        requestId: "abc123",
        err: { message: SECRET, stack: expect.any(String) as string },
      },
    ]);
  });

  it("that is a validation of our own says nothing of fields", async () => {
    const { status, text } = await ask("parse");
    expect(status).toBe(500);
    expect(text).not.toContain("inner");
  });

  it("inside a stream is hidden and logged too", async () => {
    const { text, log } = await ask("stream");
    expect(text).toContain("first");
    expect(text).toContain("Reference abc123.");
    expect(text).not.toContain(SECRET);
    expect(log).toMatchObject([{ path: "stream", err: { message: SECRET } }]);
  });

  it("before the procedure is reached is hidden as well", async () => {
    const { status, text } = await ask("refuse", undefined, fail);
    expect(status).toBe(500);
    expect(text).not.toContain(SECRET);
  });
});
