/** Accounts of admins: made by an owner, the command line or the demo, never by signing up. */
import { randomInt } from "node:crypto";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import { z } from "zod";
import { AppError } from "../base/errors.ts";
import type { AdminId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inAccess } from "../db/tx.ts";
import { findAdminByEmail, findPasswordHash, insertAdminWithPassword } from "./sql.ts";

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

export interface NewAdmin {
  email: string;
  name: string;
  password: string;
}

/**
 * Makes an admin who can sign in; membership in a client is another matter. Refuses with `conflict` and changes nothing
 * when the e-mail address has an account already, with `bad_request` for a bad address, an empty name or a short password.
 */
export async function createAdmin(db: RootDb, admin: NewAdmin): Promise<AdminId> {
  const checked = check(admin);
  // Hashing takes a tenth of a second on purpose; no transaction waits for it.
  const hash = await hashPassword(checked.password);
  const id = await inAccess(db, (tx) => insertAdminWithPassword(tx, { ...checked, hash }));
  if (id === null) {
    throw new AppError("conflict", `${checked.email} has an account already; nothing was changed.`, { field: "email" });
  }
  return id;
}

/** Tells whether that account exists and has this password. */
export async function isPasswordOf(db: RootDb, email: string, password: string): Promise<boolean> {
  const hash = await inAccess(db, (tx) => findPasswordHash(tx, email));
  return hash !== null && verifyPassword({ hash, password });
}

/** The admin with that e-mail address, made with a random password when there is none; the password is told once. */
export async function findOrCreateAdmin(
  tx: Db,
  who: { email: string; name: string },
): Promise<{ id: AdminId; name: string; email: string; temporaryPassword: string | null }> {
  const found = await findAdminByEmail(tx, who.email.toLowerCase());
  if (found !== null) return { ...found, temporaryPassword: null };
  const password = randomPassword();
  const checked = check({ ...who, password });
  const id = await insertAdminWithPassword(tx, { ...checked, hash: await hashPassword(password) });
  if (id === null) {
    throw new AppError("conflict", `${checked.email} was added by somebody else just now. Try again.`, {
      field: "email",
    });
  }
  return { id, name: checked.name, email: checked.email, temporaryPassword: password };
}

const newAdmin = z.object({
  email: z
    .email("An e-mail address such as name@example.com.")
    .max(200, "An e-mail address of at most 200 characters."),
  name: z.string().trim().min(1, "A name.").max(200, "A name of at most 200 characters."),
  password: z
    .string()
    .min(PASSWORD_MIN, `A password of at least ${PASSWORD_MIN} characters.`)
    .max(PASSWORD_MAX, `A password of at most ${PASSWORD_MAX} characters.`),
});

function check(admin: NewAdmin): NewAdmin {
  const parsed = newAdmin.safeParse(admin);
  if (parsed.success) return { ...parsed.data, email: parsed.data.email.toLowerCase() };
  const issue = parsed.error.issues[0]!;
  throw new AppError("bad_request", issue.message, { field: String(issue.path[0]) });
}

/** Without the characters that people mistake for one another. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password to read out once: four groups of five, about 99 bits. */
function randomPassword(): string {
  const group = () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}
