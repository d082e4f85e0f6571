import { AppError } from "../base/errors.ts";
import { isUuid } from "../base/ids.ts";
import type { Cli } from "./command.ts";

/** The client of a subdomain; a sentence when there is none. */
export async function findClient({ caller }: Cli, subdomain: string) {
  const clients = await caller.clients.list();
  const client = clients.find((one) => one.subdomain === subdomain.trim().toLowerCase());
  if (client !== undefined) return client;
  const known = clients.map((one) => one.subdomain).join(", ");
  throw new AppError(
    "not_found",
    `There is no client ${subdomain}.${known === "" ? " Create one with client:create." : ` There are: ${known}.`}`,
  );
}

/** A mission's id as it was typed; a sentence when it cannot be one. */
export function missionId(text: string): string {
  if (!isUuid(text))
    throw new AppError("not_found", `There is no mission ${text}; its id stands in its page's address.`);
  return text;
}

/** The same for a seeding, whose id `seed` answers and the page Seedings shows. */
export function seedingId(text: string): string {
  if (!isUuid(text)) throw new AppError("not_found", `There is no seeding ${text}; the page Seedings shows its id.`);
  return text;
}
