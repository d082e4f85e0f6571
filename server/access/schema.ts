import { z } from "zod";

export const roles = ["viewer", "operator", "owner"] as const;
export type Role = (typeof roles)[number];

/** Every permission and the smallest role that has it (domain reference, section 11). The web reads it to explain a disabled control. */
export const permissions = {
  "client:read": "viewer",
  "missions:read": "viewer",
  "missions:write": "owner",
  "tiers:read": "viewer",
  "tiers:write": "owner",
  "rewards:read": "viewer",
  "rewards:write": "owner",
  "adjustments:read": "viewer",
  "adjustments:write": "operator",
  "members:read": "viewer",
  "members:write": "owner",
  "creators:read": "viewer",
  "eligibility:read": "viewer",
  "seeding:read": "viewer",
  "seeding:run": "operator",
  "seeding:undo": "owner",
  "progress:read": "viewer",
  "imports:read": "viewer",
  "imports:write": "operator",
  "sources:read": "viewer",
  "sources:write": "owner",
  "sync:read": "viewer",
  "sync:run": "operator",
  "sync:release": "owner",
  "guards:read": "viewer",
  "guards:write": "owner",
  "schedule:read": "viewer",
  "schedule:write": "owner",
  "notifications:read": "viewer",
  "notifications:write": "owner",
  "redemptions:read": "viewer",
  "audit:read": "viewer",
  "health:read": "viewer",
  "health:fix": "operator",
  "health:mute": "operator",
} as const satisfies Record<string, Role>;
export type Permission = keyof typeof permissions;

/** Tells whether a role includes what a permission asks. */
export function roleHas(role: Role, permission: Permission): boolean {
  return roles.indexOf(role) >= roles.indexOf(permissions[permission]);
}

export const clientInput = z.object({ clientId: z.guid() });

export const timezone = z.string().refine(isTimezone, "A time zone such as America/New_York");

/** A new client, from the command line; its ladder and schedule are composed by the caller. */
export const clientCreateInput = z.object({
  name: z.string().trim().min(1).max(200),
  subdomain: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "Lower-case letters, digits and hyphens, such as acme-beauty"),
  metric: z.enum(["sales", "units"]),
  timezone: timezone.default("America/New_York"),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "A currency of three letters, such as USD")
    .default("USD"),
  primaryColor: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, "A colour such as #8b2a6e")
    .default("#8b2a6e"),
  /** length of a checkpoint window, in calendar months */
  checkpointMonths: z.number().int().min(1).max(60).default(4),
});
export type ClientCreateInput = z.infer<typeof clientCreateInput>;

/** IANA names only: Intl would also take offsets and abbreviations, which know no daylight saving. */
function isTimezone(name: string): boolean {
  if (!/^(UTC|[A-Za-z]+(\/[A-Za-z0-9_+-]+)+)$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

export interface ClientDto {
  id: string;
  name: string;
  subdomain: string;
  primaryColor: string;
  logoUrl: string | null;
  timezone: string;
  currency: string;
  vipMetric: "sales" | "units";
  tierCalculationMode: "fixed_checkpoint" | "lifetime";
  checkpointMonths: number;
  role: Role;
}

export interface SessionDto {
  admin: { id: string; name: string; email: string };
  clients: ClientDto[];
}

/** What the header's freshness chip shows. `lastSuccessAt` is null before the first successful run. */
export interface FreshnessDto {
  lastSuccessAt: Date | null;
  /** when a file was last imported; null before the first */
  lastFileAt: Date | null;
  lastRun: { number: number; status: string; endedAt: Date | null } | null;
  runningNumber: number | null;
  nextDueAt: Date | null;
  scheduleTimezone: string | null;
  /** true when `nextDueAt` has passed by more than five minutes and no run came of it */
  isMissed: boolean;
}

export const memberAddInput = z.object({
  email: z.email().max(200),
  name: z.string().trim().min(1).max(200),
  role: z.enum(roles),
});
export type MemberAddInput = z.infer<typeof memberAddInput>;
export const memberRoleInput = z.object({ adminId: z.guid(), role: z.enum(roles) });
export type MemberRoleInput = z.infer<typeof memberRoleInput>;
export const memberRemoveInput = z.object({ adminId: z.guid() });

export interface MemberDto {
  adminId: string;
  name: string;
  email: string;
  role: Role;
  addedAt: Date;
  isYou: boolean;
}

/** `temporaryPassword` is set only when the admin did not exist before; it is shown once and stored nowhere. */
export interface MemberAddedDto {
  member: MemberDto;
  temporaryPassword: string | null;
}
