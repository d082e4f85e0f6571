import { z } from "zod";
import { csvColumns } from "../../../server/imports/schema.ts";
import type { ColumnsSeen } from "../../../server/imports/sources/schema.ts";
import { announceSignedOut } from "../../lib/session-events.ts";

/** What the server says when it does not take a file. */
const refusalBody = z.object({
  message: z.string(),
  code: z.string().catch(""),
  details: z
    .object({ missing: z.array(z.string()).catch([]), extra: z.array(z.string()).catch([]) })
    .catch({ missing: [], extra: [] }),
});
const columnsBody: z.ZodType<ColumnsSeen> = z.object({
  rows: z.number(),
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()), filled: z.number() })),
  proposed: z.partialRecord(z.enum(csvColumns), z.string()),
});
const answerBody = z.object({ importId: z.guid() });

/** A file that was not taken, with the columns at fault where it was for them. */
export class UploadRefused extends Error {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  /** the server read the file and refuses it; otherwise it never came so far */
  readonly isRefusal: boolean;

  constructor(message: string, facts: { missing?: string[]; extra?: string[]; isRefusal?: boolean } = {}) {
    super(message);
    this.missing = facts.missing ?? [];
    this.extra = facts.extra ?? [];
    this.isRefusal = facts.isRefusal ?? false;
  }
}

/** What the answer to an upload means: the id of the stored file, or the refusal to throw. */
export function readAnswer(status: number, text: string): string {
  const body = jsonOf(text);
  if (status >= 200 && status < 300) {
    const answer = answerBody.safeParse(body);
    if (answer.success) {
      return answer.data.importId;
    }
  }
  const refusal = refusalBody.safeParse(body);
  if (!refusal.success) {
    throw new UploadRefused(
      status === 413
        ? "The file is larger than the server takes."
        : "The server gave an answer that cannot be read. Try again in a moment.",
    );
  }
  const { message, code, details } = refusal.data;
  throw new UploadRefused(message, { ...details, isRefusal: code === "file_refused" || code === "too_large" });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export interface UploadWatch {
  /** share of the bytes sent, 0 to 1; 1 while the server reads them */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/**
 * Sends a file to be kept and judged, and answers its id; nothing of it is imported. By XMLHttpRequest, because fetch does not
 * tell how much was sent. Rejects with `UploadRefused`, or with the signal's reason when it was cancelled.
 */
export function uploadFile(clientId: string, file: File, { onProgress, signal }: UploadWatch): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    request.open("POST", `/api/clients/${clientId}/imports`);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) {
        onProgress(event.loaded / event.total);
      }
    });
    request.addEventListener("load", () => {
      if (request.status === 401) {
        announceSignedOut();
      }
      try {
        resolve(readAnswer(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    });
    request.addEventListener("error", () =>
      reject(new UploadRefused("The connection broke off. Nothing was stored; send the file again.")),
    );
    request.addEventListener("abort", () => reject(signal.reason));
    request.addEventListener("loadend", () => signal.removeEventListener("abort", cancel));
    signal.addEventListener("abort", cancel);
    const form = new FormData();
    form.append("file", file);
    request.send(form);
  });
}

/** Sends a file to have its columns looked at; nothing of it is kept. Rejects with `UploadRefused`. */
export async function lookAtColumns(clientId: string, file: File): Promise<ColumnsSeen> {
  const form = new FormData();
  form.append("file", file);
  const answer = await fetch(`/api/clients/${clientId}/imports/columns`, { method: "POST", body: form });
  if (answer.status === 401) {
    announceSignedOut();
  }
  const text = await answer.text();
  if (answer.ok) {
    return columnsBody.parse(jsonOf(text));
  }
  readAnswer(answer.status, text);
  throw new UploadRefused("The server gave an answer that cannot be read. Try again in a moment.");
}
