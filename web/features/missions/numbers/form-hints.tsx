import type { RelaxHint } from "../../../../server/eligibility/what-if/schema.ts";
import { SkeletonText } from "../../../ui/skeleton.tsx";
import { TextButton } from "../../../ui/link.tsx";
import { Dim } from "../../../ui/text.tsx";
import type { MissionForm } from "../mission-fields.tsx";
import { hintWords } from "../what-if/hint-words.ts";
import classes from "./numbers.module.css";

/** What would let more in; one click puts it into the form. */
export function FormHints({ form, hints }: { form: MissionForm; hints: readonly RelaxHint[] | undefined }) {
  return (
    <div className={classes.line}>
      <span className={classes.term}>More with</span>
      {hints === undefined ? <SkeletonText width={120} /> : <Hints form={form} hints={hints} />}
    </div>
  );
}

function Hints({ form, hints }: { form: MissionForm; hints: readonly RelaxHint[] }) {
  const choices = hints.flatMap((hint) => {
    const tier = hint.whatIf?.tierEligibility;
    return tier === undefined || (hint.adds ?? 0) === 0 ? [] : [{ hint, tier }];
  });
  if (choices.length === 0) {
    return <Dim>nothing: everybody who can be judged is in</Dim>;
  }
  return (
    <span className={classes.nears}>
      {choices.map(({ hint, tier }) => (
        <TextButton key={hint.kind} title={hint.sentence} onClick={() => form.setFieldValue("tierEligibility", tier)}>
          {hintWords(hint)}
        </TextButton>
      ))}
    </span>
  );
}
