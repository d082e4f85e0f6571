import type { ClientId } from "./ids.ts";

/** What the rules of a programme need to know of its client. */
export interface ClientSettings {
  id: ClientId;
  name: string;
  subdomain: string;
  /** IANA name; days and schedules are in it. */
  timezone: string;
  /** ISO 4217. */
  currency: string;
  vipMetric: "sales" | "units";
  tierCalculationMode: "fixed_checkpoint" | "lifetime";
  checkpointMonths: number;
}
