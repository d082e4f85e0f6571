import { SegmentedControl } from "@mantine/core";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { TextLink } from "../../ui/link.tsx";
import { Row } from "../../ui/page.tsx";
import { Dim } from "../../ui/text.tsx";
import { MissionChanges } from "./mission-changes.tsx";
import { MissionSeedings } from "./mission-seedings.tsx";
import { useMissionSearch } from "./use-mission.ts";

const LISTS = [
  { value: "seedings", label: "Seedings" },
  { value: "changes", label: "Changes" },
];

/** What was done to the mission: when its rows were created, and who changed it. */
export function HistoryTab({ mission }: { mission: MissionDto }) {
  const { search, open } = useMissionSearch();
  const list = search.list ?? "seedings";
  return (
    <>
      <Row gap={12}>
        <SegmentedControl
          aria-label="Which history"
          data={LISTS}
          value={list}
          onChange={(value) => open({ tab: "history", list: value === "changes" ? "changes" : undefined })}
        />
        {list === "seedings" ? <SeedingsNote /> : null}
      </Row>
      {list === "seedings" ? <MissionSeedings mission={mission} /> : <MissionChanges mission={mission} />}
    </>
  );
}

function SeedingsNote() {
  const { subdomain } = useClient();
  return (
    <Dim>
      Counts are this mission's own.{" "}
      <TextLink to="/c/$client/seedings" params={{ client: subdomain }}>
        All seedings
      </TextLink>
    </Dim>
  );
}
