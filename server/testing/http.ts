/** The real server over a test database, asked through `inject`, and a browser's worth of cookies. */
import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, InjectOptions } from "fastify";
import { createAdmin } from "../access/accounts.ts";
import type { Role } from "../access/schema.ts";
import type { AdminId, ClientId } from "../base/ids.ts";
import { createLog } from "../base/log.ts";
import { sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { type Env, readEnv } from "../env.ts";
import { buildHttp, type HttpOptions } from "../http.ts";
import { asOwner } from "./builders.ts";

export const PASSWORD = "correct horse battery";

/** An environment that touches nothing outside a folder of its own. */
export function testEnv(changes: Partial<Env> = {}): Env {
  const dataDir = mkdtempSync(join(tmpdir(), "muster-http-"));
  const env = readEnv({ MUSTER_DATA_DIR: dataDir, MUSTER_SECRET: `secret of a test run ${randomUUID()}` });
  return { ...env, nodeEnv: "test", ...changes };
}

/** Builds the server; the caller closes it. */
export function testHttp(db: RootDb, changes: Partial<Env> = {}, options: Partial<HttpOptions> = {}) {
  const log = createLog({ level: "silent" });
  return buildHttp({ db, env: testEnv(changes), log, now: () => new Date(), webDir: "/nowhere", ...options });
}

/** An admin who can sign in with `PASSWORD`. */
export async function aSignInAdmin(db: RootDb): Promise<{ id: AdminId; email: string }> {
  const email = `${randomUUID()}@example.test`;
  return { id: await createAdmin(db, { email, name: "Ada Lovelace", password: PASSWORD }), email };
}

/** Posts to sign-in from an address of its own, so that tests do not share a rate limit. */
export function postSignIn(
  app: FastifyInstance,
  body: { email: string; password: string },
  more: Partial<InjectOptions> = {},
) {
  return app.inject({
    method: "POST",
    url: "/api/auth/sign-in/email",
    payload: body,
    remoteAddress: anAddress(),
    ...more,
  });
}

/** Signs in and answers the cookie header that a browser would send from then on. */
export async function cookieOf(app: FastifyInstance, email: string): Promise<string> {
  const answer = await postSignIn(app, { email, password: PASSWORD });
  if (answer.statusCode !== 200) throw new Error(`sign-in answered ${answer.statusCode}: ${answer.body}`);
  return answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
}

let host = 0;
/** An address that nobody has asked from yet, so that tests do not share a rate limit. */
export function anAddress(): string {
  host += 1;
  return `198.51.${Math.floor(host / 250)}.${(host % 250) + 1}`;
}

/** The cookie of a new admin with that role in the client (null: a stranger to it). */
export async function aSession(db: RootDb, app: FastifyInstance, client: ClientId, role: Role | null): Promise<string> {
  const { id, email } = await aSignInAdmin(db);
  if (role !== null) {
    await asOwner(db, (owner) =>
      owner.execute(
        sql`insert into memberships (client_id, admin_id, role) values (${client}::uuid, ${id}::uuid, ${role})`,
      ),
    );
  }
  return cookieOf(app, email);
}

/** A multipart body with one file, as a browser's form would send it. */
export function aFile(name: string, content: string | Buffer): { headers: Record<string, string>; payload: Buffer } {
  const boundary = "----muster-test-boundary";
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n`;
  return {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
