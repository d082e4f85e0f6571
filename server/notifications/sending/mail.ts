import { createTransport } from "nodemailer";
import type { Telling } from "../telling.ts";
import type { Answer } from "./post.ts";

const TIMEOUT_MS = 10_000;

/** Sends a mail as plain text by the installation's SMTP server. The same message id on every attempt. Never throws. */
export async function sendMail(
  mail: NonNullable<Telling["mail"]>,
  message: { to: string; subject: string; text: string; id: string },
): Promise<Answer> {
  const transport = createTransport({
    url: mail.url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { to, subject, text, id } = message;
    await transport.sendMail({ from: mail.from, to, subject, text, messageId: `<${id}@muster>` });
    return { statusCode: 250, error: null };
  } catch (error) {
    const code =
      typeof error === "object" && error !== null && "responseCode" in error ? Number(error.responseCode) : null;
    return { statusCode: code, error: error instanceof Error ? error.message : String(error) };
  } finally {
    transport.close();
  }
}
