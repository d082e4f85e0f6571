import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { PROJECT_ROOT, readEnv, sessionSecret } from "./env.ts";

describe("the environment", () => {
  it("needs nothing: defaults serve a fresh clone, on this machine only", () => {
    expect(readEnv({})).toMatchObject({
      nodeEnv: "production",
      port: 3000,
      host: "127.0.0.1",
      dataDir: join(PROJECT_ROOT, ".muster"),
      inbox: join(PROJECT_ROOT, ".muster", "inbox"),
      uploadLimitMb: 200,
      databaseUrl: undefined,
    });
  });

  it("takes an empty variable for one that is not set", () => {
    expect(readEnv({ PORT: " ", DATABASE_URL: "" })).toMatchObject({ port: 3000, databaseUrl: undefined });
  });

  it("puts the inbox below the data folder that was named", () => {
    expect(readEnv({ MUSTER_DATA_DIR: "/data" })).toMatchObject({ dataDir: "/data", inbox: "/data/inbox" });
  });

  it.each([
    [{ PORT: "80a" }, "PORT must be a whole number from 0 to 65535."],
    [{ PORT: "70000" }, "PORT must be a whole number from 0 to 65535."],
    [{ MUSTER_UPLOAD_LIMIT_MB: "0" }, "MUSTER_UPLOAD_LIMIT_MB must be a whole number from 1 to 100000."],
    [
      { DATABASE_URL: "mysql://x" },
      "DATABASE_URL must be a PostgreSQL address such as postgresql://user:password@host:5432/database.",
    ],
    [
      { DATABASE_REPLICA_URL: "replica:5432" },
      "DATABASE_REPLICA_URL must be a PostgreSQL address such as postgresql://user:password@host:5432/database.",
    ],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent."],
    [{ MUSTER_SECRET: "short" }, "MUSTER_SECRET must have at least 32 characters."],
    [{ MUSTER_PUBLIC_URL: "muster" }, "MUSTER_PUBLIC_URL must be an address such as https://muster.example.com."],
  ])("refuses %o with a sentence", (source, sentence) => {
    expect(() => readEnv(source)).toThrow(sentence);
  });
});

describe("the session secret", () => {
  const dir = mkdtempSync(join(tmpdir(), "muster-secret-"));
  afterAll(() => rmSync(dir, { recursive: true }));

  it("is made once and readable by its owner alone", () => {
    const first = sessionSecret({ secret: undefined, dataDir: dir });
    expect(first).toHaveLength(64);
    expect(sessionSecret({ secret: undefined, dataDir: dir })).toBe(first);
    expect(statSync(join(dir, "secret")).mode & 0o777).toBe(0o600);
  });

  it("is the given one where one is given", () => {
    expect(sessionSecret({ secret: "x".repeat(32), dataDir: dir })).toBe("x".repeat(32));
  });
});
