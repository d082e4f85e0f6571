import { defineConfig } from "prisma/config";

// `prisma generate` asks for a schema engine that it never starts; a machine that cannot download one must still be able
// to generate. Only for generate: with a false engine `migrate deploy` would apply nothing and exit 0.
if (process.argv.includes("generate")) process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env["DATABASE_URL"] ?? "" },
});
