import { expect, it } from "vitest";
import { testDatabase } from "../testing/database.ts";
import { missingFromDatabase } from "../testing/schema-engine.ts";

const db = testDatabase();

it("schema.prisma and the migrated database say the same: tables, columns, types, keys, foreign keys and plain indexes", async () => {
  expect(await missingFromDatabase(db.url)).toBe("-- This is an empty migration.");
});
