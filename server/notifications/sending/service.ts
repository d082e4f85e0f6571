/** Takes news out of the outbox and sends them. Any number of processes share it: each delivery is claimed in the database. */
import { setTimeout as wait } from "node:timers/promises";
import { authorise } from "../../access/authorise.ts";
import { clientSettings } from "../../access/settings.ts";
import type { ClientSettings } from "../../base/client-settings.ts";
import type { ClientId } from "../../base/ids.ts";
import type { Log } from "../../base/log.ts";
import { open } from "../../base/secret-box.ts";
import type { RootDb } from "../../db/pools.ts";
import { inAccess, inClient } from "../../db/tx.ts";
import { jsonBody, outcomeOf, type Sender, signatureOf, slackBody, textOf, titleOf, waitAfter } from "../rules.ts";
import type { Telling } from "../telling.ts";
import { sendMail } from "./mail.ts";
import { type Answer, postJson } from "./post.ts";
import type { Claim } from "./sql.ts";
import * as store from "./sql.ts";

export interface SendingDeps {
  db: RootDb;
  telling: Telling;
  now: () => Date;
  log: Log;
  /** puts into the outbox what nobody else does, such as a digest whose hour has come */
  prepare?: (() => Promise<unknown>) | undefined;
}

/** Longer than any attempt takes: after it, the process that claimed is taken for dead. */
const CLAIM_MS = 60_000;
const AT_ONCE = 20;
const EVERY_MS = 5_000;

/** Sends what is due, once each; answers how many attempts were made. One failure does not keep the others from being sent. */
export async function sendDue(deps: SendingDeps): Promise<number> {
  const due = await inAccess(deps.db, (tx) => store.listDue(tx, deps.now(), AT_ONCE));
  const sent = await Promise.all(
    due.map(async ({ clientId, deliveryId }) => {
      try {
        return await sendOne(deps, clientId, deliveryId);
      } catch (error) {
        deps.log.error({ err: error, client: clientId, delivery: deliveryId }, "a notification could not be sent");
        return false;
      }
    }),
  );
  return sent.filter(Boolean).length;
}

async function sendOne(deps: SendingDeps, clientId: string, delivery: string): Promise<boolean> {
  const { db, telling, now } = deps;
  const { client } = await authorise(
    db,
    { kind: "job", name: "notifications", clientId },
    clientId,
    "notifications:read",
  );
  const at = now();
  const claimedUntil = new Date(at.getTime() + CLAIM_MS);
  const found = await inClient(db, client, async (tx) => {
    const claim = await store.claim(tx, client, delivery, { now: at, until: claimedUntil });
    return claim === null ? null : { claim, settings: await clientSettings(tx, client) };
  });
  if (found === null) return false;
  const started = performance.now();
  const answer = await attempt(telling, client, found.claim, senderOf(found.settings, telling), at);
  const number = found.claim.attempt;
  const pause = answer.isFinal ? null : waitAfter(number);
  const outcome = answer.outcome === "retry" && pause === null ? "failed" : answer.outcome;
  await inClient(db, client, (tx) =>
    store.endAttempt(tx, client, delivery, {
      number,
      at,
      milliseconds: Math.round(performance.now() - started),
      statusCode: answer.statusCode,
      error: answer.error?.slice(0, 500) ?? null,
      claimedUntil,
      status: outcome === "retry" ? "pending" : outcome,
      nextAt: outcome === "retry" ? new Date(at.getTime() + pause!) : null,
    }),
  );
  return true;
}

function senderOf({ name, subdomain, timezone }: ClientSettings, telling: Telling): Sender {
  return { client: { name, subdomain, timezone }, publicUrl: telling.publicUrl };
}

type Attempted = Answer & { outcome: ReturnType<typeof outcomeOf>; isFinal: boolean };

async function attempt(telling: Telling, client: ClientId, claim: Claim, sender: Sender, at: Date): Promise<Attempted> {
  const target = open(telling.secretKey, claim.targetSealed, client);
  const secret = claim.secretSealed === null ? null : open(telling.secretKey, claim.secretSealed, client);
  if (target === null || (claim.secretSealed !== null && secret === null)) {
    const error = "The stored address does not open: MUSTER_SECRET_KEY is another one than when it was entered.";
    return { statusCode: null, error, outcome: "failed", isFinal: true };
  }
  if (claim.kind === "email") return mailed(telling, claim, target, sender);
  const told = { id: claim.eventId, at: claim.at, news: claim.news };
  const body = claim.kind === "json" ? jsonBody(told, sender) : slackBody(told, sender);
  const headers: Record<string, string> = { "idempotency-key": claim.eventId };
  if (secret !== null) headers["x-muster-signature"] = signatureOf(body, secret, at);
  const answer = await postJson(target, body, { headers, allowsPrivate: telling.allowsPrivate });
  return { ...answer, outcome: outcomeOf(answer.statusCode), isFinal: false };
}

async function mailed(telling: Telling, { eventId, news }: Claim, to: string, sender: Sender): Promise<Attempted> {
  if (telling.mail === null) {
    const error = "This installation sends no mail any more: MUSTER_SMTP_URL is not set.";
    return { statusCode: null, error, outcome: "failed", isFinal: true };
  }
  const message = { to, subject: titleOf({ news }, sender), text: textOf({ news }, sender), id: eventId };
  const answer = await sendMail(telling.mail, message);
  // SMTP's 5xx is for good, all else may pass.
  const isRefused = answer.statusCode !== null && answer.statusCode >= 500;
  const outcome = answer.error === null ? "delivered" : isRefused ? "failed" : "retry";
  return { ...answer, outcome, isFinal: false };
}

/** Looks every five seconds until `stop`, which waits for what is being sent. */
export function startSending(deps: SendingDeps): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const loop = async () => {
    while (!stopping.signal.aborted) {
      try {
        await deps.prepare?.();
        await sendDue(deps);
      } catch (error) {
        deps.log.error({ err: error }, "the outbox could not be read");
      }
      await wait(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
