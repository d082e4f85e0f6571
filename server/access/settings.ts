import type { ClientSettings } from "../base/client-settings.ts";
import { notFound } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import { findSettings, setImported } from "./sql.ts";

/** The settings that rules need of a client (timezone, currency, metric …); not_found when there is no such client. */
export async function clientSettings(db: Db, client: ClientId): Promise<ClientSettings> {
  const settings = await findSettings(db, client);
  if (settings === null) throw notFound("This client");
  return settings;
}

/** Notes that figures came in; from then on the client's metric is final. */
export function noteImport(db: Db, client: ClientId): Promise<void> {
  return setImported(db, client);
}
