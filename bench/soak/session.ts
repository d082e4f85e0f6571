/** An admin who is signed in: the console's calls, and the plain routes beside them. */
import type { Account } from "../admins.ts";
import { makeAdmin, signIn } from "../admins.ts";
import { type Client, clientOf } from "../benches/api-load.ts";
import type { Ground } from "../ground.ts";
import type { Role } from "../../server/access/schema.ts";
import { Conflict, type Load } from "./load.ts";

export interface Sent extends Omit<RequestInit, "headers"> {
  headers?: Record<string, string>;
}

export interface Session {
  account: Account;
  address: string;
  clientId: string;
  call: Client;
  /** one of the plain routes; throws what is not answered with a success */
  send: (path: string, init?: Sent) => Promise<Response>;
}

/** Makes an admin of the ground's client and signs in. */
export async function openSession(
  { ground, address, load }: { ground: Ground; address: string; load: Load },
  number: number,
  role: Role,
): Promise<Session> {
  const account = await makeAdmin(ground, number, role);
  const cookie = await signIn(address, account, number);
  let sent = 0;
  return {
    account,
    address,
    clientId: ground.client,
    call: clientOf(address, cookie, load.fetch),
    async send(path, init = {}) {
      const headers = { cookie, ...fromElsewhere((sent += 1)), ...init.headers };
      const answer = await load.fetch(`${address}${path}`, { ...init, headers });
      if (answer.ok) return answer;
      const words = `${path} answered ${answer.status}: ${await answer.text()}`;
      throw answer.status === 409 ? new Conflict(words) : new Error(words);
    },
  };
}

/** Downloads, uploads and sign-ins are limited by address: people do not all sit at one. */
function fromElsewhere(turn: number): Record<string, string> {
  return { "x-forwarded-for": `198.51.100.${100 + (turn % 100)}` };
}

/** Reads an answer to its end and answers its bytes; `most` null: all of it, else gives up once so many came. */
export async function readThrough(answer: Response, most: number | null = null): Promise<number> {
  let bytes = 0;
  // Leaving the loop early breaks the connection, as somebody who closes the page does.
  for await (const chunk of answer.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (most !== null && bytes >= most) break;
  }
  return bytes;
}
