import { Combobox, Modal, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { PaletteEntry } from "./palette-entries.tsx";
import { useCommands, useFound } from "./palette-entries.tsx";
import classes from "./palette.module.css";

interface Props {
  opened: boolean;
  onClose: () => void;
  onHelp: () => void;
}

/**
 * Mod+K: pages, commands, missions, creators and runs by a few letters. A list box with a field above it rather than
 * Mantine's Spotlight, which names no role for either and forgets the choice when answers of the server come in.
 */
export function Palette({ opened, onClose, onHelp }: Props) {
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={560}
      yOffset={80}
      classNames={{ content: classes.content ?? "" }}
    >
      <Modal.Overlay color="#141014" backgroundOpacity={0.44} />
      <Modal.Content aria-label="Search or do">
        <Finder onClose={onClose} onHelp={onHelp} />
      </Modal.Content>
    </Modal.Root>
  );
}

function Finder({ onClose, onHelp }: Pick<Props, "onClose" | "onHelp">) {
  const [query, setQuery] = useState("");
  const [wanted] = useDebouncedValue(query.trim(), 150);
  const found = useFound(wanted);
  const commands = useCommands(onHelp);
  const groups = groupsFor(query, [...found.entries, ...commands]);
  const combobox = useCombobox({ opened: true });
  const shown = groups.flatMap((group) => group.entries.map((entry) => entry.key)).join(" ");
  const { selectFirstOption } = combobox;
  useEffect(() => {
    // The best match is chosen already, also when the server's answer changes what is best.
    if (shown !== "") {
      selectFirstOption();
    }
  }, [shown, selectFirstOption]);

  const go = (key: string) => {
    const entry = groups.flatMap((group) => group.entries).find((one) => one.key === key);
    if (entry !== undefined) {
      onClose();
      entry.go();
    }
  };
  return (
    <Combobox store={combobox} onOptionSubmit={go}>
      <Combobox.EventsTarget>
        <TextInput
          data-autofocus
          size="md"
          variant="unstyled"
          className={classes.field}
          aria-label="Search or do"
          placeholder="A mission, a creator, a run, a command"
          leftSection={<IconSearch size={18} stroke={1.75} aria-hidden />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          // the combobox keeps Escape for its own list, which here is always open
          onKeyDownCapture={(event) => {
            if (event.key === "Escape") {
              onClose();
            }
          }}
        />
      </Combobox.EventsTarget>
      <Combobox.Options aria-label="Found" className={classes.options}>
        {groups.map((group) => (
          <Combobox.Group key={group.name} label={group.name}>
            {group.entries.map((entry) => (
              <Combobox.Option key={entry.key} value={entry.key} className={classes.option}>
                <span className={classes.icon}>{entry.icon}</span>
                {entry.label}
                <span className={classes.description}>{entry.description}</span>
              </Combobox.Option>
            ))}
          </Combobox.Group>
        ))}
        {groups.length > 0 ? null : (
          <Combobox.Empty>{found.isLoading ? "Looking…" : `Nothing is called "${query.trim()}".`}</Combobox.Empty>
        )}
      </Combobox.Options>
    </Combobox>
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
