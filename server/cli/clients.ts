import { clientCreateInput } from "../access/schema.ts";
import { createClient } from "../schedule/new-client.ts";
import type { TiersUpdateInput } from "../tiers/schema.ts";
import { tiersUpdateInput } from "../tiers/schema.ts";
import type { Command } from "./command.ts";
import { oneOf, optional, required, UsageError } from "./command.ts";

export const clients: Command = {
  name: "clients",
  usage: "clients",
  summary: "lists the clients",
  options: {},
  async run({ caller }) {
    const list = await caller.clients.list();
    const rows = list.map(({ id, subdomain, name, vipMetric, timezone, currency }) => ({
      id,
      subdomain,
      name,
      metric: vipMetric,
      timezone,
      currency,
    }));
    const width = Math.max(0, ...rows.map((row) => row.subdomain.length));
    const lines = rows.map((row) => `${row.subdomain.padEnd(width)}  ${row.name} (${row.metric}, ${row.timezone})`);
    return { json: { clients: rows }, text: lines.length > 0 ? lines.join("\n") : "There is no client yet." };
  },
};

const LADDERS = {
  sales: "Bronze:0,Silver:1000,Gold:3000,Platinum:10000",
  units: "Bronze:0,Silver:100,Gold:300,Platinum:1000",
} as const;

export const createClientCommand: Command = {
  name: "client:create",
  usage:
    'client:create --subdomain <word> --name <text> --metric sales|units [--timezone <IANA name>] [--currency <code>] [--tiers "Bronze:0,Silver:1000,…"]',
  summary: "creates a client with its ladder and a nightly schedule",
  options: {
    subdomain: { type: "string" },
    name: { type: "string" },
    metric: { type: "string" },
    timezone: { type: "string" },
    currency: { type: "string" },
    tiers: { type: "string" },
  },
  async run({ db, actor, now }, values) {
    const metric = oneOf("metric", required(values, "metric"), ["sales", "units"]);
    const row = clientCreateInput.safeParse({
      subdomain: required(values, "subdomain"),
      name: required(values, "name"),
      metric,
      timezone: optional(values, "timezone"),
      currency: optional(values, "currency"),
    });
    if (!row.success) throw usageOf(row.error.issues);
    const tiers = ladderOf(optional(values, "tiers") ?? LADDERS[metric], metric);
    const id = await createClient(db, actor, { ...row.data, tiers }, now());
    const { subdomain, name } = row.data;
    return {
      json: { clientId: id, subdomain },
      text: `${name} is there. Make an owner: npm run muster -- admin:create --client ${subdomain} --email <address> --role owner`,
    };
  },
};

/** Reads "Bronze:0,Silver:1000": names with their thresholds, the lowest first and exempt from checkpoints. */
function ladderOf(text: string, metric: "sales" | "units"): TiersUpdateInput["tiers"] {
  const tiers = text.split(",").map((part, index) => {
    const [, name, threshold] = /^\s*([^:]+?)\s*:\s*(\d+(?:\.\d+)?)\s*$/.exec(part) ?? [];
    if (name === undefined || threshold === undefined) {
      throw new UsageError(`--tiers reads like "Bronze:0,Silver:1000"; "${part.trim()}" does not.`);
    }
    return {
      tierId: null,
      tierName: name,
      tierColor: null,
      salesThreshold: metric === "sales" ? threshold : null,
      unitsThreshold: metric === "units" ? threshold : null,
      commissionRate: "0",
      checkpointExempt: index === 0,
    };
  });
  const parsed = tiersUpdateInput.safeParse({ tiers });
  if (!parsed.success) throw usageOf(parsed.error.issues);
  return parsed.data.tiers;
}

function usageOf(issues: readonly { path: PropertyKey[]; message: string }[]): UsageError {
  return new UsageError(issues.map((issue) => `--${String(issue.path[0])}: ${issue.message}.`).join("\n"));
}
