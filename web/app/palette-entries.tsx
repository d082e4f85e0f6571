import { useQuery } from "@tanstack/react-query";
import {
  IconFileImport,
  IconKeyboard,
  IconMasksTheater,
  IconMoonStars,
  IconPlus,
  IconRefresh,
  IconTarget,
  IconUser,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import { useMantineColorScheme } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useClient } from "../lib/client.tsx";
import { trpc } from "../lib/trpc.ts";
import { routeOf, SECTIONS } from "./navigation.ts";

export interface PaletteEntry {
  key: string;
  group: "Missions" | "Creators" | "Runs" | "Pages" | "Commands";
  label: string;
  description?: string | undefined;
  icon: ReactNode;
  go: () => void;
  /** Found by the server for these letters, so not to be filtered again. */
  isFound: boolean;
}

function symbol(EntryIcon: Icon): ReactNode {
  return <EntryIcon size={16} stroke={1.75} aria-hidden />;
}

/** The pages, and what can be done from anywhere. */
export function useCommands(onHelp: () => void): PaletteEntry[] {
  const { subdomain, can } = useClient();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const params = { client: subdomain };
  const command = (label: string, icon: Icon, go: () => void): PaletteEntry => ({
    key: label,
    group: "Commands",
    label,
    icon: symbol(icon),
    go,
    isFound: false,
  });
  return [
    ...(can("missions:write")
      ? [command("New mission", IconPlus, () => void navigate({ to: "/c/$client/missions/new", params }))]
      : []),
    ...(can("sync:run")
      ? [
          command(
            "Run sync…",
            IconRefresh,
            () => void navigate({ to: "/c/$client/sync", params, search: { start: true } }),
          ),
          command(
            "Rehearse tonight's sync…",
            IconMasksTheater,
            () => void navigate({ to: "/c/$client/sync", params, search: { rehearse: true } }),
          ),
        ]
      : []),
    ...(can("imports:write")
      ? [command("Check a file…", IconFileImport, () => void navigate({ to: "/c/$client/import", params }))]
      : []),
    ...SECTIONS.map((section): PaletteEntry => ({
      key: section.name,
      group: "Pages",
      label: section.name,
      icon: symbol(section.icon),
      go: () => void navigate({ to: routeOf(section.path), params }),
      isFound: false,
    })),
    command("Dark colours", IconMoonStars, () => setColorScheme("dark")),
    command("Light colours", IconMoonStars, () => setColorScheme("light")),
    command("Shortcuts", IconKeyboard, onHelp),
  ];
}

/** What the server knows by these letters: missions and creators by name, a run by its number. */
export function useFound(query: string): { entries: PaletteEntry[]; isLoading: boolean } {
  const { id, subdomain } = useClient();
  const navigate = useNavigate();
  const isAsked = query.length > 1;
  const missions = useQuery(
    trpc.missions.list.queryOptions({ clientId: id, q: query, limit: 6 }, { enabled: isAsked }),
  );
  const creators = useQuery(
    trpc.creators.list.queryOptions({ clientId: id, q: query.replace(/^@/, ""), limit: 6 }, { enabled: isAsked }),
  );
  if (query === "") {
    return { entries: [], isLoading: false };
  }
  const found: PaletteEntry[] = [];
  const run = /^(?:run\s*)?#?(\d{1,9})$/i.exec(query)?.[1];
  if (run !== undefined) {
    const go = () => void navigate({ to: "/c/$client/sync/$number", params: { client: subdomain, number: run } });
    found.push({ key: `run ${run}`, group: "Runs", label: `Run ${run}`, icon: symbol(IconRefresh), go, isFound: true });
  }
  for (const mission of isAsked ? (missions.data?.rows ?? []) : []) {
    const go = () =>
      void navigate({ to: "/c/$client/missions/$missionId", params: { client: subdomain, missionId: mission.id } });
    found.push({
      key: mission.id,
      group: "Missions",
      label: mission.name,
      description: mission.title,
      icon: symbol(IconTarget),
      go,
      isFound: true,
    });
  }
  for (const creator of isAsked ? (creators.data?.rows ?? []) : []) {
    const go = () =>
      void navigate({ to: "/c/$client/creators/$userId", params: { client: subdomain, userId: creator.userId } });
    const description = creator.tierName ?? creator.tierId;
    found.push({
      key: creator.userId,
      group: "Creators",
      label: `@${creator.handle}`,
      description,
      icon: symbol(IconUser),
      go,
      isFound: true,
    });
  }
  return { entries: found, isLoading: isAsked && (missions.isPending || creators.isPending) };
}
