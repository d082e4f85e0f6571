import { createAdmin } from "../access/accounts.ts";
import { type Role, roles } from "../access/schema.ts";
import { AppError } from "../base/errors.ts";
import type { Cli, Command } from "./command.ts";
import { oneOf, optional, required } from "./command.ts";
import { findClient } from "./lookup.ts";
import { askPassword } from "./password.ts";

export const createAdminCommand: Command = {
  name: "admin:create",
  usage: "admin:create --email <address> --client <subdomain> [--role owner|operator|viewer] [--name <text>]",
  summary: "makes an admin of a client; asks for the password, or reads it from standard input",
  options: {
    email: { type: "string" },
    client: { type: "string" },
    role: { type: "string" },
    name: { type: "string" },
  },
  async run(cli, values) {
    const email = required(values, "email");
    const role = oneOf("role", optional(values, "role") ?? "owner", roles);
    const name = optional(values, "name") ?? email.split("@")[0]!;
    const client = await findClient(cli, required(values, "client"));
    const password = await askPassword(cli.stdin, `Password for ${email}: `);
    const isNew = await createUnlessThere(cli.db, { email, name, password });
    // Who has an account already keeps it, and its password, and becomes a member of this client too.
    const member = await join(cli, { clientId: client.id, email, name, role });
    const what = isNew ? "can sign in now" : "had an account already, whose password stays,";
    return {
      json: { adminId: member.adminId, email: member.email, client: client.subdomain, role: member.role, isNew },
      text: `${member.email} ${what} and is ${member.role} of ${client.name}.`,
    };
  },
};

async function createUnlessThere(...[db, admin]: Parameters<typeof createAdmin>): Promise<boolean> {
  try {
    await createAdmin(db, admin);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "conflict") return false;
    throw error;
  }
}

/** Whoever is a member already gets the role that is said: a script may run twice, and its words are exact. */
async function join(cli: Cli, wanted: { clientId: string; email: string; name: string; role: Role }) {
  const { clientId, email, role } = wanted;
  const members = await cli.caller.members.list({ clientId });
  const there = members.find((member) => member.email === email.toLowerCase());
  if (there !== undefined) return cli.caller.members.changeRole({ clientId, adminId: there.adminId, role });
  return (await cli.caller.members.add(wanted)).member;
}
