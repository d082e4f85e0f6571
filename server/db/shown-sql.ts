/** What things are called wherever they are shown, in SQL. */
import { sql } from "./db.ts";

/** What admins call a mission `m`: the display name, else the title. */
export const shownName = sql`coalesce(nullif(btrim(m.display_name), ''), m.title)`;
