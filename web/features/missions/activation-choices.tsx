import { Checkbox } from "@mantine/core";
import type { ActivationFactsDto } from "../../../server/missions/schema.ts";
import { countOf } from "../../lib/numbers.ts";
import type { ActivationChoice } from "./activation-words.ts";

interface Props {
  facts: ActivationFactsDto | undefined;
  choice: ActivationChoice;
  onChange: (choice: ActivationChoice) => void;
}

/** What may go with an activation: creating the missing rows, and replacing sleeping ones that ran out. */
export function ActivationChoices({ facts, choice, onChange }: Props) {
  if (facts === undefined || facts.refusal !== null) {
    return null;
  }
  return (
    <>
      {facts.created > 0 || facts.replaceable > 0 || !choice.seed ? (
        <Checkbox
          checked={choice.seed}
          label={
            facts.created > 0
              ? `Create the ${countOf(facts.created, "missing row")} in the same step`
              : "Create rows in the same step"
          }
          description="Otherwise the next seeding or sync creates them."
          onChange={(event) => onChange({ ...choice, seed: event.currentTarget.checked })}
        />
      ) : null}
      {facts.replaceable > 0 && choice.seed ? (
        <Checkbox
          checked={choice.replaceOver}
          label={`Replace ${countOf(facts.replaceable, "sleeping row")} whose window is over`}
          description="They never moved. They are deleted and created anew with the creator's present window."
          onChange={(event) => onChange({ ...choice, replaceOver: event.currentTarget.checked })}
        />
      ) : null}
    </>
  );
}
