import { SegmentedControl, TextInput } from "@mantine/core";
import { useEffect, useId, useState } from "react";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { withoutZeros } from "../../lib/amounts.ts";
import { useClient } from "../../lib/client.tsx";
import { targetText } from "../../lib/mission-words.ts";
import { TextButton } from "../../ui/link.tsx";
import { Row } from "../../ui/page.tsx";
import { WhatIfFrame } from "../../ui/what-if.tsx";
import classes from "./backtest.module.css";
import { plainNumber, targetError } from "./mission-form-values.ts";
import { useMissionSearch } from "./use-mission.ts";

const WINDOWS = [
  { value: "present", label: "Present windows" },
  { value: "previous", label: "Previous windows" },
];

/** Which windows, and another target to try; both are in the address. */
export function BacktestControls({ mission }: { mission: MissionDto }) {
  const { search, filter } = useMissionSearch();
  return (
    <Row gap={12} apart>
      <SegmentedControl
        aria-label="Which windows"
        data={WINDOWS}
        value={search.window ?? "present"}
        onChange={(value) => filter({ window: value === "previous" ? "previous" : undefined })}
      />
      <WhatIfFrame>
        <TargetField mission={mission} value={search.target} onChange={(target) => filter({ target })} />
      </WhatIfFrame>
    </Row>
  );
}

const SETTLE_MS = 400;

interface FieldProps {
  mission: MissionDto;
  value: string | undefined;
  onChange: (target: string | undefined) => void;
}

/** A target to try; the address follows once the typing rests, and the saved one is no supposition. */
function TargetField({ mission, value, onChange }: FieldProps) {
  const { currency } = useClient();
  const id = useId();
  const saved = withoutZeros(mission.targetValue);
  const [text, setText] = useState(value ?? saved);
  const [given, setGiven] = useState(value);
  if (given !== value) {
    setGiven(value);
    if ((value ?? saved) !== plainNumber(text)) {
      setText(value ?? saved);
    }
  }
  const error = targetError(mission.missionType, text);
  const plain = withoutZeros(plainNumber(text));
  const wanted = plain === saved ? undefined : plain;
  useEffect(() => {
    if (error !== null || wanted === value) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(wanted), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [error, wanted, value, onChange]);
  return (
    <>
      <label htmlFor={id} className={classes.label}>
        Target
      </label>
      <TextInput
        id={id}
        className={classes.target}
        leftSection={mission.missionType === "sales_dollars" ? currencySign(currency) : undefined}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        error={error}
        errorProps={{ className: classes.error ?? "" }}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {value === undefined ? null : (
        <TextButton onClick={() => setText(saved)}>
          Back to {targetText(mission.missionType, mission.targetValue, currency)}
        </TextButton>
      )}
    </>
  );
}

/** "$" of USD, "R$" of BRL. */
function currencySign(currency: string): string {
  const parts = new Intl.NumberFormat("en-US", { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  return parts.formatToParts(0).find((part) => part.type === "currency")?.value ?? currency;
}
