import type { DistributionDto } from "../../../../server/progress/distribution/schema.ts";
import { Legend } from "../../../ui/bucket.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { StepBars } from "../../../ui/step-bars.tsx";
import type { StepBar } from "../../../ui/step-bars.tsx";
import type { Column } from "../../../ui/table-types.ts";
import { Count } from "../../../ui/text.tsx";
import { distributionBars } from "./distribution-bars.ts";

const COLUMNS: Column<StepBar>[] = [
  { id: "step", header: "Share of the target", cell: (bar) => bar.label },
  { id: "running", header: "Running or asleep", align: "right", cell: (bar) => <Part bar={bar} bucket="active" /> },
  { id: "over", header: "Over", align: "right", cell: (bar) => <Part bar={bar} bucket="over" /> },
  { id: "completed", header: "Completed", align: "right", cell: (bar) => <Part bar={bar} bucket="completed" /> },
];

function Part({ bar, bucket }: { bar: StepBar; bucket: "active" | "over" | "completed" }) {
  return <Count value={bar.parts.find((part) => part.bucket === bucket)?.count ?? 0} />;
}

/** The chart of the panel, loaded when the tab is opened; and the same as a table. */
export function DistributionChart({ distribution, isTable }: { distribution: DistributionDto; isTable: boolean }) {
  const bars = distributionBars(distribution);
  return isTable ? (
    <DataTable
      label="Rows by share of the target"
      columns={COLUMNS}
      rows={bars}
      rowKey={(bar) => bar.key}
      empty={<EmptyState title="No rows" />}
    />
  ) : (
    <>
      <StepBars bars={bars} label="Rows by share of the target" />
      <Legend
        items={[
          { bucket: "active", label: "running or asleep" },
          { bucket: "over", label: "over" },
          { bucket: "completed", label: "completed" },
        ]}
      />
    </>
  );
}
