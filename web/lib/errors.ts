import { TRPCClientError } from "@trpc/client";
import { z } from "zod";

/** What the server adds to an error. Read leniently: an error of a proxy in between has none of it. */
const errorData = z
  .object({
    code: z.string().optional(),
    field: z.string().nullish(),
    appCode: z.string().nullish(),
    details: z.record(z.string(), z.unknown()).nullish(),
  })
  .catch({});

function dataOf(error: unknown): z.infer<typeof errorData> {
  return error instanceof TRPCClientError ? errorData.parse(error.data ?? {}) : {};
}

/** The tRPC code of an error ("NOT_FOUND", "FORBIDDEN" …), or undefined when no answer came at all. */
export function errorCode(error: unknown): string | undefined {
  return dataOf(error).code;
}

/** True when the server says that nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return errorCode(error) === "UNAUTHORIZED";
}

/** True when the thing asked for does not exist, or belongs to another client: the two look the same. */
export function isNotFound(error: unknown): boolean {
  return errorCode(error) === "NOT_FOUND";
}

/** True when a list was asked to go on from a place that is none of its own: a cut or an old address. */
export function isLostPlace(error: unknown): boolean {
  const { field } = dataOf(error);
  return field === "after" || field === "before";
}

/** The facts that came with a refusal. */
export function errorDetails(error: unknown): Record<string, unknown> {
  return dataOf(error).details ?? {};
}

/** The messages by input field, for a form: `{ title: "2 characters at least" }`. Empty when no field is at fault. */
export function fieldErrors(error: unknown): Record<string, string> {
  const { field } = dataOf(error);
  if (typeof field !== "string" || !(error instanceof Error)) {
    return {};
  }
  return { [field]: withoutPrefix(error.message, field) };
}

/** The same under the names of a form's fields: what the server names "value.type" is the field type. */
export function errorsByField(error: unknown): Record<string, string> {
  const entries = Object.entries(fieldErrors(error));
  return Object.fromEntries(entries.map(([field, message]) => [field.split(".").at(-1) ?? field, message]));
}

/** A refused input arrives as "field: message". */
function withoutPrefix(message: string, field: string): string {
  return message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message;
}

/** A field as an admin reads it: "targetValue" becomes "Target value", "tiers.2.tierName" "Tiers 2 tier name". */
function words(field: string): string {
  const spaced = field
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[._]/g, " ")
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** One plain sentence (sometimes two) for any error, naming the field where one is at fault. */
export function errorText(error: unknown): string {
  const data = dataOf(error);
  if (isSignedOut(error)) {
    return "You are signed out. Sign in again to go on.";
  }
  if (error instanceof TRPCClientError && data.code === undefined) {
    return "The server gave no answer. Check the connection and try again.";
  }
  if (!(error instanceof Error) || error.message === "") {
    return "Something failed without saying why.";
  }
  if (typeof data.field === "string" && error.message.startsWith(`${data.field}: `)) {
    return `${words(data.field)}: ${sentence(withoutPrefix(error.message, data.field))}`;
  }
  return sentence(error.message);
}
