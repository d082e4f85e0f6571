import { expect, it } from "vitest";
import { testDatabase } from "../testing/database.ts";
import { missingFromDatabase } from "../testing/schema-engine.ts";

const db = testDatabase();

/** What an index covers beside its key Prisma cannot say, and takes for more of the key. */
const COVERING = `-- DropIndex
DROP INDEX "users_client_id_tiktok_handle_key";

-- CreateIndex
CREATE UNIQUE INDEX "users_client_id_tiktok_handle_key" ON "users"("client_id", "tiktok_handle");`;

it("schema.prisma and the migrated database say the same: tables, columns, types, keys, foreign keys and plain indexes", async () => {
  expect(await missingFromDatabase(db.url)).toBe(COVERING);
});
