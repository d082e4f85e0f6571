import { TextInput } from "@mantine/core";
import { DIRECT_PAIRS } from "../../../server/seeding/jobs/schema.ts";
import { formatCount } from "../../lib/numbers.ts";

/** Above this many rows, the number has to be typed before it is written. */
const MANY = 10_000;

/** True when a write of this size still waits for its number to be typed. */
export function awaitsTyping(count: number, typed: string): boolean {
  return count > MANY && typed.replaceAll(/[\s,.]/g, "") !== String(count);
}

/**
 * The field comes when the number is counted, and then it is the next thing to do: it takes the focus from the button, which is closed
 * until it is typed, but not from whatever somebody went to meanwhile.
 */
function takeFocus(input: HTMLInputElement | null): void {
  const at = document.activeElement;
  if (input !== null && (at === null || at === document.body || at.hasAttribute("data-autofocus"))) {
    input.focus({ preventScroll: true });
  }
}

/** Why the number is asked for. So many rows that nobody would wait for them here are written behind a page that follows them. */
export function manyText(count: number, created = count): string {
  return created > DIRECT_PAIRS
    ? `More than ${formatCount(DIRECT_PAIRS)} rows are created in the background; the page that follows opens by itself.`
    : "More than 10,000 rows are written at once.";
}

interface Props {
  count: number;
  /** why it is asked; by default that so many rows are written */
  description?: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

/** Asks for the number of rows in writing where there are very many; else nothing. */
export function TypedConfirmation({ count, description = manyText(count), value, onChange }: Props) {
  if (count <= MANY) {
    return null;
  }
  return (
    <TextInput
      ref={takeFocus}
      data-autofocus
      label={`Type ${formatCount(count)} to confirm`}
      description={description}
      inputMode="numeric"
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** True while a name has to be typed and is not. */
export function awaitsName(name: string, typed: string): boolean {
  return typed.trim() !== name.trim();
}

/** Asks for a mission's name in writing, before it is done against what speaks against it. */
export function NameConfirmation({
  name,
  value,
  onChange,
}: {
  name: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <TextInput
      ref={takeFocus}
      data-autofocus
      label={`Type ${name} to activate it all the same`}
      description="The audit names what was overridden, and by whom."
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
