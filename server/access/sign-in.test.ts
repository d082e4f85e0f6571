import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "../db/db.ts";
import { asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { aSignInAdmin, cookieOf, PASSWORD, postSignIn, testHttp } from "../testing/http.ts";
import { createAdmin } from "./accounts.ts";

const db = testDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  app = await testHttp(db);
});
afterAll(() => app.close());

async function me(cookie: string | undefined) {
  const answer = await app.inject({
    url: "/trpc/session.me",
    ...(cookie === undefined ? {} : { headers: { cookie } }),
  });
  return {
    status: answer.statusCode,
    body: answer.json<{ result?: { data: { json: { admin: { email: string } } } } }>(),
  };
}

describe("signing in", () => {
  it("opens a session that names the admin", async () => {
    const admin = await aSignInAdmin(db);
    const { status, body } = await me(await cookieOf(app, admin.email));
    expect(status).toBe(200);
    expect(body.result!.data.json.admin).toEqual({ id: admin.id, name: "Ada Lovelace", email: admin.email });
  });

  it("takes the address in any case", async () => {
    const { email } = await aSignInAdmin(db);
    const answer = await postSignIn(app, { email: email.toUpperCase(), password: PASSWORD });
    expect(answer.statusCode).toBe(200);
  });

  it("refuses a wrong password and an unknown address with the same sentence", async () => {
    const { email } = await aSignInAdmin(db);
    const wrong = await postSignIn(app, { email, password: "not the right one" });
    const unknown = await postSignIn(app, { email: "nobody@example.test", password: PASSWORD });
    expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401]);
    expect(wrong.json()).toEqual({
      message: "The e-mail address or the password is wrong.",
      code: "unauthenticated",
    });
    expect(unknown.json()).toEqual(wrong.json());
    expect(wrong.cookies).toEqual([]);
  });

  it("refuses what is no address and no JSON", async () => {
    expect((await postSignIn(app, { email: "ada", password: PASSWORD })).statusCode).toBe(400);
    const broken = await app.inject({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers: { "content-type": "application/json" },
      payload: "{",
    });
    expect(broken.statusCode).toBe(400);
    expect(broken.json<{ code: string }>().code).toBe("bad_request");
  });

  it("keeps the session in a cookie that scripts and other sites cannot use", async () => {
    const { email } = await aSignInAdmin(db);
    const answer = await postSignIn(app, { email, password: PASSWORD });
    const cookie = String(answer.headers["set-cookie"]);
    expect(cookie).toMatch(/^muster\.session_token=/);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).not.toMatch(/Secure|Domain/);
  });

  it("marks the cookie Secure when a proxy on this machine ended https", async () => {
    const { email } = await aSignInAdmin(db);
    const answer = await postSignIn(
      app,
      { email, password: PASSWORD },
      { remoteAddress: "127.0.0.1", headers: { "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9" } },
    );
    expect(String(answer.headers["set-cookie"])).toMatch(/; Secure/);
    const posed = await postSignIn(app, { email, password: PASSWORD }, { headers: { "x-forwarded-proto": "https" } });
    expect(String(posed.headers["set-cookie"])).not.toMatch(/Secure/);
  });

  it("stops an address after ten tries in a minute, whatever it writes into forwarding headers", async () => {
    const from = { remoteAddress: "203.0.113.77" };
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      const headers = { "x-forwarded-for": `192.0.2.${n}`, "x-muster-address": `192.0.2.${n}` };
      const body = { email: "nobody@example.test", password: "some password" };
      statuses.push((await postSignIn(app, body, { ...from, headers })).statusCode);
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.slice(10)).toEqual([429, 429]);
    const told = await postSignIn(app, { email: "nobody@example.test", password: "x" }, from);
    expect(told.json<{ message: string }>().message).toMatch(/^Too many attempts\. Try again in \d+ seconds\.$/);
    expect(Number(told.headers["retry-after"])).toBeGreaterThan(0);
    const elsewhere = await postSignIn(app, { email: "nobody@example.test", password: "some password" });
    expect(elsewhere.statusCode).toBe(401);
  });
});

describe("a session", () => {
  it("is needed", async () => {
    expect((await me(undefined)).status).toBe(401);
    expect((await me("muster.session_token=made.up")).status).toBe(401);
  });

  it("ends with a sign-out, for the cookie that was kept too", async () => {
    const { email } = await aSignInAdmin(db);
    const cookie = await cookieOf(app, email);
    const out = await app.inject({ method: "POST", url: "/api/auth/sign-out", headers: { cookie } });
    expect(out.statusCode).toBe(200);
    expect(String(out.headers["set-cookie"])).toMatch(/muster\.session_token=;.*Max-Age=0/);
    expect((await me(cookie)).status).toBe(401);
  });

  it("ends when its time has passed", async () => {
    const { id, email } = await aSignInAdmin(db);
    const cookie = await cookieOf(app, email);
    await asOwner(db, (owner) =>
      owner.execute(
        sql`update admin_sessions set expires_at = now() - interval '1 second' where admin_id = ${id}::uuid`,
      ),
    );
    expect((await me(cookie)).status).toBe(401);
  });

  it("is lengthened by use, in the database and in the cookie", async () => {
    const { id, email } = await aSignInAdmin(db);
    const cookie = await cookieOf(app, email);
    await asOwner(db, (owner) =>
      owner.execute(sql`update admin_sessions set expires_at = now() + interval '2 days' where admin_id = ${id}::uuid`),
    );
    const answer = await app.inject({ url: "/trpc/session.me", headers: { cookie } });
    expect(String(answer.headers["set-cookie"])).toMatch(/^muster\.session_token=.*HttpOnly/);
    const [row] = await asOwner(db, (owner) =>
      owner.query<{ days: number }>(
        sql`select extract(day from expires_at - now())::int as days from admin_sessions where admin_id = ${id}::uuid`,
      ),
    );
    expect(row!.days).toBeGreaterThanOrEqual(6);
  });

  it("changes the password against the present one, and signs the other browsers out when asked", async () => {
    const { email } = await aSignInAdmin(db);
    const [here, there] = [await cookieOf(app, email), await cookieOf(app, email)];
    const change = (payload: object) =>
      app.inject({ method: "POST", url: "/api/auth/change-password", headers: { cookie: here }, payload });
    const wrong = await change({ currentPassword: "something else", newPassword: "a new long password" });
    expect(wrong.json()).toEqual({ message: "The present password is wrong.", code: "bad_request" });
    const short = await change({ currentPassword: PASSWORD, newPassword: "short" });
    expect(short.json<{ message: string }>().message).toBe("A password needs at least 12 characters.");
    const done = await change({
      currentPassword: PASSWORD,
      newPassword: "a new long password",
      revokeOtherSessions: true,
    });
    expect(done.statusCode).toBe(200);
    expect((await me(there)).status).toBe(401);
    expect((await postSignIn(app, { email, password: "a new long password" })).statusCode).toBe(200);
  });
});

describe("an account", () => {
  it("cannot be opened by signing up, nor anything else of the library reached", async () => {
    const payload = { email: "new@example.test", name: "New", password: PASSWORD };
    for (const path of ["sign-up/email", "request-password-reset", "update-user", "delete-user", "sign-in/social"]) {
      const answer = await app.inject({ method: "POST", url: `/api/auth/${path}`, payload });
      expect([path, answer.statusCode]).toEqual([path, 404]);
    }
  });

  it("is made once per address, whatever its case", async () => {
    const { email } = await aSignInAdmin(db);
    await expect(
      createAdmin(db, { email: email.toUpperCase(), name: "Ada", password: PASSWORD }),
    ).rejects.toMatchObject({
      code: "conflict",
      message: `${email} has an account already; nothing was changed.`,
    });
  });

  it("needs a password of twelve characters, an address and a name", async () => {
    const good = { email: "some@example.test", name: "Some", password: PASSWORD };
    await expect(createAdmin(db, { ...good, password: "elevenchars" })).rejects.toMatchObject({ field: "password" });
    await expect(createAdmin(db, { ...good, email: "some" })).rejects.toMatchObject({ field: "email" });
    await expect(createAdmin(db, { ...good, name: "  " })).rejects.toMatchObject({ field: "name" });
  });
});
