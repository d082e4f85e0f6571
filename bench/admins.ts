import { randomBytes, randomUUID } from "node:crypto";
import { createAdmin } from "../server/access/accounts.ts";
import type { Role } from "../server/access/schema.ts";
import { byOwner, type Ground } from "./ground.ts";

/** Makes an admin with an account and a membership and signs in over http; answers the cookie header. `number` tells admins of a run apart. */
export async function signInOne(
  ground: Ground,
  address: string,
  number: number,
  role: Role = "operator",
): Promise<string> {
  const account = await makeAdmin(ground, number, role);
  return signIn(address, account, number);
}

export interface Account {
  email: string;
  password: string;
}

/** An admin of the measured client. */
export async function makeAdmin(ground: Ground, number: number, role: Role): Promise<Account> {
  const account = {
    email: `${randomUUID()}@example.test`,
    name: `Admin ${number}`,
    password: randomBytes(12).toString("hex"),
  };
  const id = await createAdmin(ground.db, account);
  await byOwner(ground, "insert into memberships (client_id, admin_id, role) values ($1, $2, $3)", [
    ground.client,
    id,
    role,
  ]);
  return account;
}

/** Signs in; answers the cookie header. */
export async function signIn(address: string, account: Account, number: number): Promise<string> {
  const answer = await fetch(`${address}/api/auth/sign-in/email`, {
    method: "POST",
    // From an address of its own: sign-ins are limited by address.
    headers: { "content-type": "application/json", "x-forwarded-for": `198.51.100.${number}` },
    body: JSON.stringify({ email: account.email, password: account.password }),
  });
  if (!answer.ok) throw new Error(`An admin could not sign in: ${answer.status} ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0]!)
    .join("; ");
}
