import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useDebouncedValue } from "@mantine/hooks";
import type { PaletteEntry } from "./palette-entries.tsx";
import { useCommands, useFound } from "./palette-entries.tsx";

const [store, palette] = createSpotlight();

/** Mod+K: pages, commands, missions, creators and runs by a few letters. Opens each time `asked` grows. */
export function Palette({ asked, onHelp }: { asked: number; onHelp: () => void }) {
  const [query, setQuery] = useState("");
  useEffect(() => {
    if (asked > 0) {
      palette.open();
    }
  }, [asked]);
  const commands = useCommands(onHelp);
  const [wanted] = useDebouncedValue(query.trim(), 150);
  const found = useFound(wanted);
  const groups = groupsFor(query, [...found.entries, ...commands]);

  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={420}
      size={560}
      aria-label="Search or do"
    >
      <Spotlight.Search
        placeholder="A mission, a creator, a run, a command"
        aria-label="Search or do"
        leftSection={<IconSearch size={18} stroke={1.75} aria-hidden />}
      />
      <Spotlight.ActionsList aria-label="Found">
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.name} label={group.name}>
            {group.entries.map((entry) => (
              <Spotlight.Action
                key={entry.key}
                label={entry.label}
                {...(entry.description === undefined ? {} : { description: entry.description })}
                leftSection={entry.icon}
                onClick={entry.go}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length > 0 ? null : (
          <Spotlight.Empty>{found.isLoading ? "Looking…" : `Nothing is called "${query.trim()}".`}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

interface Group {
  name: string;
  entries: PaletteEntry[];
}

/** Commands are matched here by every word typed; what the server found is matched already. */
export function groupsFor(query: string, entries: readonly PaletteEntry[]): Group[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const groups: Group[] = [];
  for (const entry of entries) {
    const text = `${entry.label} ${entry.group}`.toLowerCase();
    if (!entry.isFound && !words.every((word) => text.includes(word))) {
      continue;
    }
    const group = groups.find((one) => one.name === entry.group);
    if (group === undefined) {
      groups.push({ name: entry.group, entries: [entry] });
    } else {
      group.entries.push(entry);
    }
  }
  return groups;
}
