import type { HealthFinding } from "../../../server/health/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf } from "../../lib/numbers.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { Drawer, DrawerSection } from "../../ui/drawer.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Row } from "../../ui/page.tsx";
import { StatusText } from "../../ui/status.tsx";
import { Dim, When } from "../../ui/text.tsx";
import { FindingRecords } from "./finding-records.tsx";
import { FixButton, PlaceLink } from "./health-links.tsx";
import { changeText, placeOf, SEVERITY } from "./health-words.ts";
import classes from "./health.module.css";
import { useHealthSearch } from "./use-health.ts";

interface Props {
  /** those of the table, through which J and K go */
  findings: readonly HealthFinding[];
  /** all, also the muted ones */
  all: readonly HealthFinding[];
}

/** One finding: what it means, since when, whom it is about by name, and where it is put right. */
export function FindingDrawer({ findings, all }: Props) {
  const { finding: chosen, open } = useHealthSearch();
  const finding = all.find(({ code, count }) => code === chosen && count > 0);
  if (finding === undefined) {
    return null;
  }
  const at = findings.indexOf(finding);
  const step = (to: number) => {
    const next = at === -1 ? undefined : findings[to];
    return next === undefined ? undefined : () => open(next.code);
  };
  return (
    <Drawer
      opened
      onClose={() => open(undefined)}
      title={finding.title}
      position={at === -1 ? undefined : { at: at + 1, of: findings.length }}
      onPrevious={step(at - 1)}
      onNext={step(at + 1)}
    >
      <DrawerSection>
        <Row gap={12}>
          <StatusText status={SEVERITY[finding.severity]} />
          <b>{countOf(finding.count, "record")}</b>
        </Row>
        <p className={classes.explanation}>{finding.explanation}</p>
        <Facts
          facts={[
            { term: "Change", value: changeText(finding) },
            { term: "First seen", value: <When at={finding.firstSeenAt} /> },
            { term: "Checked", value: <When at={finding.madeAt} /> },
          ]}
        />
      </DrawerSection>
      <DrawerSection title="Where to put it right">
        <Row>
          <FixButton finding={finding} />
          <PlaceLink finding={finding} />
          {finding.fix === null && placeOf(finding) === null ? <Dim>Nothing to do here.</Dim> : null}
          {finding.muted === null ? <MuteButton code={finding.code} /> : null}
        </Row>
      </DrawerSection>
      {finding.named === 0 ? null : (
        <DrawerSection title="By name, as of now">
          <FindingRecords key={finding.code} finding={finding} />
        </DrawerSection>
      )}
    </Drawer>
  );
}

function MuteButton({ code }: { code: string }) {
  const client = useClient();
  const { muteIt } = useHealthSearch();
  return (
    <ActionButton size="xs" reason={client.reasonFor("health:mute")} onClick={() => muteIt(code)}>
      Mute…
    </ActionButton>
  );
}
