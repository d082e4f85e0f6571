import { TextInput } from "@mantine/core";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import type { RefObject } from "react";
import type { MissionDto } from "../../../../server/missions/schema.ts";
import { withoutZeros } from "../../../lib/amounts.ts";
import { useClient } from "../../../lib/client.tsx";
import { targetText } from "../../../lib/mission-words.ts";
import { plainNumber, targetError } from "../mission-form-values.ts";
import classes from "./what-if.module.css";

interface Props {
  mission: MissionDto;
  /** The supposed target; undefined: as saved. */
  target: string | undefined;
  onChange: (target: string) => void;
}

/**
 * Selects the content once typing begins: whoever comes by keyboard types another target. Not on focus itself, for the text becomes
 * another one then, and what is selected of the old one is not of the new one.
 */
function useSelectedFrom(isTyping: boolean): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (isTyping) {
      field.current?.select();
    }
  }, [isTyping]);
  return field;
}

/** A target to be tried out; the address follows 400 ms after the last digit that makes one, Escape goes back to what it shows. */
export function TargetField({ mission, target, onChange }: Props) {
  const shown = withoutZeros(target ?? mission.targetValue);
  const [text, setText] = useState(shown);
  const [given, setGiven] = useState(shown);
  const [isTyping, setTyping] = useState(false);
  const { currency } = useClient();
  const told = useId();
  const field = useSelectedFrom(isTyping);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  if (given !== shown) {
    setGiven(shown);
    setText(shown);
  }
  const typed = plainNumber(text);
  const error = text.trim() === "" ? undefined : (targetError(mission.missionType, typed) ?? undefined);
  useEffect(() => {
    if (error !== undefined || typed === "" || withoutZeros(typed) === shown) {
      return undefined;
    }
    const timer = setTimeout(() => latest.current(typed), 400);
    return () => clearTimeout(timer);
  }, [typed, error, shown]);
  return (
    <>
      <TextInput
        ref={field}
        aria-label="Target"
        leftSection="Target"
        leftSectionWidth={56}
        leftSectionProps={{ className: classes.targetLabel ?? "" }}
        inputMode="decimal"
        className={classes.target}
        value={isTyping || error !== undefined ? text : targetText(mission.missionType, typed || shown, currency)}
        onFocus={() => setTyping(true)}
        error={error !== undefined}
        aria-describedby={error === undefined ? undefined : told}
        data-changed={target === undefined ? undefined : true}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => {
          setTyping(false);
          // What cannot be a target stays in sight with the reason, instead of turning back behind the admin's back.
          setText(error !== undefined ? text : typed === "" ? shown : typed);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape" && text !== shown) {
            event.stopPropagation();
            setText(shown);
          }
        }}
      />
      <span id={told} role="status" className={classes.wrong}>
        {error === undefined ? null : `${error} Not counted.`}
      </span>
    </>
  );
}
