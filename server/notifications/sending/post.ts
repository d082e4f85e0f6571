import { request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { publicLookup, readPublicUrl } from "../../base/public-address.ts";

export interface Answer {
  /** null: no answer came */
  statusCode: number | null;
  /** why there is none, or what the first characters of a refusal say */
  error: string | null;
}

const TIMEOUT_MS = 10_000;
const READ_BYTES = 300;

/**
 * Posts a body as JSON, within ten seconds, to a public address. A redirect is not followed: it could lead anywhere. Of the
 * answer only the status and, of a refusal, the first characters are read. Never throws.
 */
export function postJson(
  target: string,
  body: string,
  options: { headers: Record<string, string>; allowsPrivate: boolean },
): Promise<Answer> {
  return new Promise((resolve) => {
    try {
      // Judged again: the rule may have become stricter since it was typed.
      const url = readPublicUrl(target, { allowsPrivate: options.allowsPrivate, field: "target" });
      const request = (url.protocol === "https:" ? requestSecure : requestPlain)(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "user-agent": "Muster",
          ...options.headers,
        },
        lookup: publicLookup(options.allowsPrivate),
        // A connection of its own, so that none is kept to a place that has changed.
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      request.on("error", (error) => resolve({ statusCode: null, error: wordsOf(error) }));
      request.on("response", (response) => {
        const statusCode = response.statusCode ?? null;
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text = `${text}${chunk}`.slice(0, READ_BYTES);
          if (text.length >= READ_BYTES) response.destroy();
        });
        const isGood = statusCode !== null && statusCode >= 200 && statusCode < 300;
        // A body that breaks off after a good status takes nothing back. NUL could not be stored.
        response.on("close", () =>
          resolve({ statusCode, error: isGood ? null : text.replaceAll("\0", "").trim() || null }),
        );
        response.on("error", () => undefined);
      });
      request.end(body);
    } catch (error) {
      resolve({ statusCode: null, error: wordsOf(error) });
    }
  });
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === "TimeoutError" || error.name === "AbortError"
    ? "No answer came within 10 seconds."
    : error.message;
}
