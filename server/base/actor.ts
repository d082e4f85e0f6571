/** Who acts: the session's admin, a scheduled job of one client, or a person at the shell of the installation. */
import type { AdminId } from "./ids.ts";

export type Actor =
  | { kind: "admin"; id: AdminId; name: string; email: string }
  /** acts as an operator of that one client, by name (domain reference, section 11) */
  | { kind: "job"; name: string; clientId: string }
  /** whoever may run the command line owns the installation */
  | { kind: "cli"; name: string };

/** The id that audit entries and seeds keep; null for actors who are no person of the console. */
export function actorId(actor: Actor): string | null {
  return actor.kind === "admin" ? actor.id : null;
}
