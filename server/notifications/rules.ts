/** What is sent, in which words, how it is signed, and when it is tried again. */
import { createHmac } from "node:crypto";
import type { MissedNews, News, RunNews } from "./schema.ts";

/** Whose news it is, and where the console stands for the links; null: nobody has said. */
export interface Sender {
  client: { name: string; subdomain: string; timezone: string };
  publicUrl: string | null;
}

export interface Told {
  id: string;
  at: Date;
  news: News;
}

/** One sentence that says what happened, as a subject line too. */
export function titleOf({ news }: Pick<Told, "news">, { client }: Pick<Sender, "client">): string {
  switch (news.type) {
    case "failed":
      return `${client.name}: sync ${news.data.number} failed`;
    case "held":
      return `${client.name}: sync ${news.data.number} is held`;
    case "warnings":
      return `${client.name}: sync ${news.data.number} ended with warnings`;
    case "missed":
      return `${client.name}: ${news.data.dueAt.length === 1 ? "a sync was missed" : `${news.data.dueAt.length} syncs were missed`}`;
    case "digest":
      return `${client.name}: ${news.data.title}`;
    case "test":
      return `${client.name}: this is a test`;
  }
}

/** The whole text: the title and what there is to say below it. */
export function textOf(told: Pick<Told, "news">, sender: Sender): string {
  const link = linkOf(told.news, sender);
  return [titleOf(told, sender), ...linesOf(told.news, sender), ...(link === null ? [] : [link])].join("\n");
}

function linesOf(news: News, { client }: Sender): string[] {
  switch (news.type) {
    case "failed":
      return [news.data.error?.message ?? "It failed."];
    case "held":
      return [
        news.data.error?.message ?? "It waits for an owner to release or discard it. Until then no other sync starts.",
      ];
    case "warnings":
      return [warningsLine(news.data)];
    case "missed":
      return missedLines(news.data, client.timezone);
    case "digest":
      return news.data.lines;
    case "test":
      return [`Sent by ${news.data.byName} to see whether it arrives. Nothing happened.`];
  }
}

function warningsLine({ warnings }: RunNews): string {
  return `${warnings === 1 ? "1 finding" : `${warnings} findings`}; all steps were carried out.`;
}

function missedLines({ dueAt, reason }: MissedNews, timezone: string): string[] {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    dateStyle: "medium",
    timeStyle: "short",
    hourCycle: "h23",
  });
  const shown = dueAt.slice(0, 3).map((due) => format.format(new Date(due)));
  const more = dueAt.length > 3 ? `; ${dueAt.length - 3} more` : "";
  return [`Due ${shown.join("; ")}${more} (${timezone}).`, reason];
}

function linkOf(news: News, { client, publicUrl }: Sender): string | null {
  if (publicUrl === null) return null;
  const at = `${publicUrl}/c/${client.subdomain}`;
  if (news.type === "missed") return `${at}/schedule`;
  if (news.type === "digest") return `${at}/digest?day=${news.data.day}`;
  return news.type === "test" ? `${at}/notifications` : `${at}/sync/${news.data.number}`;
}

/** The body that a JSON channel gets: the same for every attempt. */
export function jsonBody(told: Told, sender: Sender): string {
  const { name, subdomain } = sender.client;
  return JSON.stringify({
    id: told.id,
    type: told.news.type,
    at: told.at.toISOString(),
    client: { name, subdomain },
    text: textOf(told, sender),
    link: linkOf(told.news, sender),
    data: told.news.data,
  });
}

/** The body for Slack and those like it, whose three special characters are written out. */
export function slackBody(told: Told, sender: Sender): string {
  const escaped = textOf(told, sender).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const [title = "", ...lines] = escaped.split("\n");
  return JSON.stringify({ text: [`*${title}*`, ...lines].join("\n") });
}

/** `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>" in hex>`: the receiver computes it anew and refuses what is old. */
export function signatureOf(body: string, secret: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}

const MINUTE = 60_000;
/** Waits between attempts: about a day in all. */
const WAITS_MS = [10_000, MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 360 * MINUTE, 720 * MINUTE];

/** How long after the given failed attempt (1: the first) the next is made; null: no more. */
export function waitAfter(attempt: number): number | null {
  return WAITS_MS[attempt - 1] ?? null;
}

/** How an attempt ended: `retry` for what may pass by itself, `failed` for what will not. */
export function outcomeOf(statusCode: number | null): "delivered" | "retry" | "failed" {
  if (statusCode === null || statusCode >= 500 || [408, 425, 429].includes(statusCode)) return "retry";
  return statusCode >= 200 && statusCode < 300 ? "delivered" : "failed";
}
