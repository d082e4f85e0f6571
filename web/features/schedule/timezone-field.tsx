import { Autocomplete } from "@mantine/core";
import { useState } from "react";
import { timezone } from "../../../server/access/schema.ts";

const timezones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((name) => name.includes("/"))];

/** The time zone that a text names, in the usual spelling; null when it names none. */
export function namedTimezone(text: string): string | null {
  const typed = text.trim();
  const usual = timezones.find((name) => name.toLowerCase() === typed.toLowerCase());
  return usual ?? (timezone.safeParse(typed).success ? typed : null);
}

/** Those with what is typed in their name. All of them where it names one: whoever opens the list then looks for another. */
function offered(text: string): string[] {
  const part = text.trim().replaceAll(" ", "_").toLowerCase();
  return timezones.includes(text) ? timezones : timezones.filter((name) => name.toLowerCase().includes(part));
}

interface Props {
  /** As typed. */
  value: string;
  onChange: (text: string) => void;
}

/**
 * A time zone to be typed or chosen. What is none stays in sight with an error: a select would turn back to the one before when it is
 * left, and that would be saved.
 */
export function TimezoneField({ value, onChange }: Props) {
  const [isTyping, setTyping] = useState(false);
  const options = offered(value);
  // Half a name is none yet, but no mistake while the list has whole ones for it.
  const isWrong = namedTimezone(value) === null && !(isTyping && options.length > 0);
  return (
    <Autocomplete
      label="Time zone"
      description="Whose clock counts"
      data={options}
      filter={(all) => all.options}
      value={value}
      error={isWrong ? "No such time zone. One is called like America/New_York." : undefined}
      spellCheck={false}
      onFocus={(event) => {
        setTyping(true);
        event.currentTarget.select();
      }}
      onBlur={() => setTyping(false)}
      onChange={onChange}
    />
  );
}
