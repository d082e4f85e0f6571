import { SegmentedControl } from "@mantine/core";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { Row } from "../../ui/page.tsx";
import { useMissionSearch } from "./use-mission.ts";
import { WhatIfBar } from "./what-if/what-if-bar.tsx";

const WINDOWS = [
  { value: "present", label: "Present windows" },
  { value: "previous", label: "Previous windows" },
];

/** Which windows, and other terms to try; both are in the address. A draft is tested as if it were enabled, always. */
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
      <WhatIfBar mission={mission} isAlwaysEnabled />
    </Row>
  );
}
