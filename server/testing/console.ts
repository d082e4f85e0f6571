/** What a browser with the console does, without one: signing in, procedures with its cookies, following a run. */
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "../router.ts";
import type { RunEvent } from "../sync/schema.ts";
import { eventSourceWith } from "./event-source.ts";
import { PASSWORD } from "./http.ts";

/** The cookies that a browser has after signing in. */
export async function signIn(address: string, email: string): Promise<string> {
  const answer = await fetch(`${address}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}

/** tRPC as the console has it. */
export function consoleAt(address: string, cookie: string) {
  const url = `${address}/trpc`;
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: httpSubscriptionLink({ url, transformer: superjson, EventSource: eventSourceWith(cookie) }),
        false: httpLink({ url, transformer: superjson, headers: { cookie } }),
      }),
    ],
  });
}

/** What a page that follows a run has received, in the order of arrival. */
export class RunPage {
  readonly received: RunEvent[] = [];
  readonly ended: Promise<void>;
  #look = () => {};

  constructor(
    follow: (on: {
      onData: (event: { data: RunEvent }) => void;
      onComplete: () => void;
      onError: (error: unknown) => void;
    }) => unknown,
  ) {
    this.ended = new Promise((onComplete, onError) => {
      follow({ onComplete, onError, onData: ({ data }) => this.#take(data) });
    });
  }

  #take(event: RunEvent): void {
    this.received.push(event);
    this.#look();
  }

  /** Resolves when the step has begun on the page. */
  sees(step: string): Promise<void> {
    return new Promise((done) => {
      this.#look = () => {
        if (this.received.some(({ type, step: of }) => type === "step_started" && of?.name === step)) done();
      };
      this.#look();
    });
  }
}
