import {
  IconBell,
  IconCalendarTime,
  IconFileImport,
  IconGift,
  IconLayoutDashboard,
  IconListDetails,
  IconPlusMinus,
  IconRefresh,
  IconUsersPlus,
  IconStairs,
  IconStethoscope,
  IconSunrise,
  IconTarget,
  IconTicket,
  IconUserHeart,
  IconUsers,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";

/** The sections of the console, in the order of the sidebar; `path` is what follows `/c/:client`. */
export const SECTIONS = [
  { path: "", name: "Overview", icon: IconLayoutDashboard, group: null },
  { path: "/missions", name: "Missions", icon: IconTarget, group: null },
  { path: "/seedings", name: "Seedings", icon: IconUsersPlus, group: null },
  { path: "/creators", name: "Creators", icon: IconUsers, group: null },
  { path: "/redemptions", name: "Redemptions", icon: IconTicket, group: null },
  { path: "/sync", name: "Sync", icon: IconRefresh, group: "Pipeline" },
  { path: "/import", name: "Import", icon: IconFileImport, group: "Pipeline" },
  { path: "/schedule", name: "Schedule", icon: IconCalendarTime, group: "Pipeline" },
  { path: "/notifications", name: "Notifications", icon: IconBell, group: "Pipeline" },
  { path: "/digest", name: "Digest", icon: IconSunrise, group: "Pipeline" },
  { path: "/health", name: "Data health", icon: IconStethoscope, group: "Pipeline" },
  { path: "/rewards", name: "Rewards", icon: IconGift, group: "Programme" },
  { path: "/tiers", name: "Tiers", icon: IconStairs, group: "Programme" },
  { path: "/adjustments", name: "Adjustments", icon: IconPlusMinus, group: "Programme" },
  { path: "/audit", name: "Audit", icon: IconListDetails, group: "Programme" },
  { path: "/members", name: "Members", icon: IconUserHeart, group: "Programme" },
] as const satisfies readonly { path: string; name: string; icon: Icon; group: string | null }[];

export type Section = (typeof SECTIONS)[number];

/** The section that an address belongs to. */
export function sectionOf(pathname: string, client: string): Section {
  const rest = pathname.slice(`/c/${client}`.length);
  const first = `/${rest.split("/")[1] ?? ""}`;
  return SECTIONS.find((section) => section.path === first) ?? SECTIONS[0];
}

/** The route of a section, for the router's `to`. */
export function routeOf<Path extends Section["path"]>(path: Path) {
  return `/c/$client${path}` as const;
}
