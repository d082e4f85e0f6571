import { pino } from "pino";
import type { Logger } from "pino";

export type Log = Logger;

/** Names under which secrets travel; whatever stands there is replaced before a line is written. */
const SECRETS = [
  "password",
  "token",
  "secret",
  "cookie",
  "authorization",
  "*.password",
  "*.token",
  "*.secret",
  "*.cookie",
  "*.authorization",
  "req.headers.authorization",
  "req.headers.cookie",
  "headers.authorization",
  "headers.cookie",
  'res.headers["set-cookie"]',
];

/**
 * Makes the process's log: one JSON object a line. The command line writes its answer to standard output,
 * so it asks for `stderr`.
 */
export function createLog(options: {
  level: string;
  stream?: "stdout" | "stderr" | undefined;
  /** Written to this file instead; its folder is made when it is missing. */
  file?: string | undefined;
}): Log {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRETS, censor: "[hidden]" },
    },
    pino.destination({ dest: options.file ?? (options.stream === "stderr" ? 2 : 1), sync: true, mkdir: true }),
  );
}
