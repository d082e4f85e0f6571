import type { RunChangesDto } from "../../../server/sync/changes/schema.ts";
import type { RunDto } from "../../../server/sync/schema.ts";
import { Tiles } from "../../ui/page.tsx";
import { Panel, PanelRow } from "../../ui/panel.tsx";
import { Count, Dim } from "../../ui/text.tsx";
import { skipsOf } from "./skip-words.ts";

/** What a run counts without naming it: videos, and what its steps left out, by reason. */
export function ChangeCounts({ run, changes: { videos } }: { run: RunDto; changes: RunChangesDto }) {
  const skips = skipsOf(run.steps);
  return (
    <Tiles min={320}>
      <Panel flush title="Videos">
        <PanelRow end={<Count value={videos.created} />}>New</PanelRow>
        <PanelRow end={<Count value={videos.updated} />}>With other figures than before</PanelRow>
      </Panel>
      <Panel flush title="Left out">
        {skips.map((skip) => (
          <PanelRow key={skip.key} end={<Count value={skip.count} />}>
            {skip.reason} <Dim>{skip.step}</Dim>
          </PanelRow>
        ))}
        {skips.length === 0 ? (
          <PanelRow>
            <Dim>nothing</Dim>
          </PanelRow>
        ) : null}
      </Panel>
    </Tiles>
  );
}
