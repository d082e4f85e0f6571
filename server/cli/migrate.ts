import { counted } from "../base/text.ts";
import type { Command } from "./command.ts";

/** Every command brings the database up to the code on its way in; this one says what that took. */
export const migrateCommand: Command = {
  name: "db:migrate",
  usage: "db:migrate",
  summary: "brings the database up to this code; does nothing when it is",
  options: {},
  run({ applied }) {
    const text =
      applied.length === 0
        ? "The database is up to date."
        : `${counted(applied.length, "migration")} applied:\n${applied.map((name) => `  ${name}`).join("\n")}`;
    return Promise.resolve({ json: { applied }, text });
  },
};
