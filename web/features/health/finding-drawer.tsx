import type { HealthFinding } from "../../../server/health/schema.ts";
import { countOf } from "../../lib/numbers.ts";
import { Drawer, DrawerSection } from "../../ui/drawer.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { Row } from "../../ui/page.tsx";
import { StatusText } from "../../ui/status.tsx";
import { Dim } from "../../ui/text.tsx";
import { FixLink, SampleLink } from "./health-links.tsx";
import { fixOf, SEVERITY } from "./health-words.ts";
import classes from "./health.module.css";

interface Props {
  findings: readonly HealthFinding[];
  chosen: string | undefined;
  onOpen: (code: string | undefined) => void;
}

/** One finding: what it means, whom it is about by name, and where it is put right. */
export function FindingDrawer({ findings, chosen, onOpen }: Props) {
  const at = findings.findIndex((finding) => finding.code === chosen);
  const finding = findings[at];
  if (finding === undefined) {
    return null;
  }
  const step = (to: number) => {
    const next = findings[to];
    return next === undefined ? undefined : () => onOpen(next.code);
  };
  const isCut = finding.sample.length === 5;
  return (
    <Drawer
      opened
      onClose={() => onOpen(undefined)}
      title={finding.title}
      position={{ at: at + 1, of: findings.length }}
      onPrevious={step(at - 1)}
      onNext={step(at + 1)}
    >
      <DrawerSection>
        <Row gap={12}>
          <StatusText status={SEVERITY[finding.severity]} />
          <b>{countOf(finding.count, "record")}</b>
        </Row>
        <p className={classes.explanation}>{finding.explanation}</p>
      </DrawerSection>
      {finding.sample.length === 0 ? null : (
        <DrawerSection title={isCut ? "The first five by name" : "By name"}>
          <ul className={classes.names}>
            {finding.sample.map((item) => (
              <li key={item.id}>
                <SampleLink item={item} />
              </li>
            ))}
          </ul>
          <Row>
            <ExportButton
              list="finding"
              filters={{ code: finding.code }}
              count={finding.named}
              noun={finding.sample[0]?.kind}
            />
          </Row>
        </DrawerSection>
      )}
      <DrawerSection title="Where to put it right">
        <Row>{fixOf(finding) === null ? <Dim>Nothing to do here.</Dim> : <FixLink finding={finding} />}</Row>
      </DrawerSection>
    </Drawer>
  );
}
