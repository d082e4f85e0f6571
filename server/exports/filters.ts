import type { z } from "zod";
import { AppError } from "../base/errors.ts";

/**
 * Reads a list's filters from an address: a text as it is, a list as repeated names or with commas, anything else as JSON
 * (`isPending=true`, `whatIf={"enabled":true}`). A name that is none of the list's is refused: ignored, it would let through
 * more than was asked for. Throws bad_request naming the field.
 */
export function readFilters(filters: z.ZodObject, query: Readonly<Record<string, unknown>>): unknown {
  const read: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(query)) {
    const schema = Object.hasOwn(filters.shape, name) ? (filters.shape[name] as z.ZodType) : undefined;
    if (schema === undefined) {
      throw new AppError("bad_request", `This list has no filter "${name}".`, { field: name });
    }
    read[name] = readOne(schema, name, given);
  }
  const whole = filters.safeParse(read);
  if (whole.success) return whole.data;
  const issue = whole.error.issues[0]!;
  throw refused(issue.path.join("."), issue.message);
}

function readOne(schema: z.ZodType, name: string, given: unknown): unknown {
  const texts = [given].flat().map(String);
  // The same texts are refused to the procedures: PostgreSQL's text holds neither.
  if (texts.some((text) => /\0|\p{Cs}/u.test(text))) throw refused(name, "holds what is no text");
  const readings = texts.length === 1 ? [texts[0], asJson(texts[0]!), texts[0]!.split(",")] : [texts];
  const results = readings.map((reading) => schema.safeParse(reading));
  const fitting = results.find(({ success }) => success);
  if (fitting !== undefined) return fitting.data;
  throw refused(name, results[0]!.error?.issues[0]?.message ?? "not understood");
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function refused(field: string, why: string): AppError {
  return new AppError("bad_request", `${field === "" ? "input" : field}: ${why}`, { field });
}
