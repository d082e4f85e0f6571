import { Button, Checkbox, TextInput } from "@mantine/core";
import { IconFilter, IconSearch } from "@tabler/icons-react";
import { useEffect, useId, useRef, useState } from "react";
import type { ReactNode } from "react";
import { createPortal } from "react-dom";
import { useShortcut } from "../lib/shortcuts.ts";
import { cx } from "./cx.ts";
import { useIsPhone } from "./data-table.tsx";
import classes from "./filter-bar.module.css";
import { useActionSlot } from "./page-slot.ts";
import { KeyHint } from "./text.tsx";

interface BarProps {
  children: ReactNode;
  /** Stands outside the fold, on the right: a view switch, a what-if frame. */
  end?: ReactNode;
  /** How many filters are set, told on the folded phone button. */
  active?: number | undefined;
}

/** Its button may stand a whole page above the list: what it opens is gone to, and its first control has the focus. */
function intoSight(filters: HTMLElement | null): void {
  filters?.querySelector<HTMLElement>("button, input")?.focus({ preventScroll: true });
  filters?.scrollIntoView({ block: "center" });
}

/** The row of filters above a list. On the phone it folds behind a button in the page's row of actions. */
export function FilterBar({ children, end, active = 0 }: BarProps) {
  const isPhone = useIsPhone();
  const slot = useActionSlot();
  const [isOpen, setOpen] = useState(false);
  const isFolded = isPhone && !isOpen;
  const id = useId();
  const fold = (
    <Button
      aria-expanded={isOpen}
      fullWidth
      leftSection={<IconFilter size={16} stroke={1.75} aria-hidden />}
      onClick={() => setOpen(!isOpen)}
      aria-controls={isOpen ? id : undefined}
    >
      {active === 0 ? "Filter" : `Filter (${active} set)`}
    </Button>
  );
  return (
    <>
      {isPhone && slot !== null ? createPortal(fold, slot) : null}
      {isFolded && end === undefined ? null : (
        <div className={classes.bar} role="search">
          {isPhone && slot === null ? fold : null}
          {isFolded ? null : (
            <div id={id} ref={isPhone ? intoSight : undefined} className={classes.filters}>
              {children}
            </div>
          )}
          {end === undefined ? null : <div className={classes.end}>{end}</div>}
        </div>
      )}
    </>
  );
}

interface SearchProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  /** The placeholder and name: "Filter by name". */
  label: string;
}

/** The text filter: `/` focuses it, Escape empties it; the address follows 250 ms after the last letter. */
export function FilterSearch({ value, onChange, label }: SearchProps) {
  const [text, setText] = useState(value ?? "");
  const [given, setGiven] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  if (given !== value) {
    setGiven(value);
    if ((value ?? "") !== text.trim()) {
      setText(value ?? "");
    }
  }
  useEffect(() => {
    const wanted = text.trim() === "" ? undefined : text.trim();
    if (wanted === value) {
      return undefined;
    }
    const timer = setTimeout(() => latest.current(wanted), 250);
    return () => clearTimeout(timer);
  }, [text, value]);
  useShortcut("/", () => input.current?.focus());
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      className={cx(classes.search, classes.quiet)}
      leftSection={<IconSearch size={14} stroke={1.75} aria-hidden />}
      rightSection={<KeyHint keys={["/"]} />}
      rightSectionPointerEvents="none"
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && text !== "") {
          event.stopPropagation();
          setText("");
        }
      }}
    />
  );
}

/** A yes-or-no filter as a tick in the row's own frame. */
export function FilterToggle({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <Checkbox
      label={label}
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
      className={cx(classes.select, classes.toggle, checked && classes.set)}
    />
  );
}
