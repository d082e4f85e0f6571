import type { SessionDto } from "../../server/access/schema.ts";
import { queryClient, trpc } from "../lib/trpc.ts";

/** Who is signed in, and their clients. Kept until sign-out: roles are checked by the server on every call anyway. */
export function sessionOptions() {
  return trpc.session.me.queryOptions(undefined, { staleTime: 5 * 60_000 });
}

/** Loads the session; throws UNAUTHORIZED when nobody is signed in. */
export function loadSession(): Promise<SessionDto> {
  return queryClient.ensureQueryData(sessionOptions());
}

/** Forgets everything that was read for a client: every key of its queries names it. */
export function forgetClientData(clientId: string): void {
  queryClient.removeQueries({ predicate: (query) => JSON.stringify(query.queryKey).includes(clientId) });
}

/** A refused sign-in, as the sentence that the page shows. */
export class SignInRefused extends Error {}

/** Signs in with better-auth; the session travels in an httpOnly cookie. */
export async function signIn(email: string, password: string): Promise<void> {
  const response = await post("/api/auth/sign-in/email", { email, password });
  if (response.ok) {
    queryClient.clear();
    return;
  }
  if (response.status === 429) {
    throw new SignInRefused("Too many attempts. Wait a minute, then try again.");
  }
  throw new SignInRefused(
    response.status >= 500
      ? "The server failed at signing in. Try again in a moment."
      : "This email and password do not belong together.",
  );
}

/** Changes the signed-in admin's password and ends their other sessions. Rejects with the sentence for the dialog. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  const response = await post("/api/auth/change-password", {
    currentPassword,
    newPassword,
    revokeOtherSessions: true,
  });
  if (response.ok) {
    return;
  }
  if (response.status === 429) {
    throw new SignInRefused("Too many attempts. Wait a minute, then try again.");
  }
  if (response.status === 401) {
    throw new SignInRefused("You are signed out. Sign in again to go on.");
  }
  throw new SignInRefused(
    response.status >= 500
      ? "The server failed at changing the password. It is still the old one."
      : "The present password is not right. Nothing was changed.",
  );
}

/** Ends the session on the server and empties the cache. */
export async function signOut(): Promise<void> {
  await post("/api/auth/sign-out", {});
  queryClient.clear();
}

async function post(path: string, body: Record<string, string | boolean>): Promise<Response> {
  try {
    return await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw new SignInRefused("The server gave no answer. Check the connection and try again.", { cause: error });
  }
}
