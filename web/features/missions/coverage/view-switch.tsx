import { SegmentedControl } from "@mantine/core";
import { useMissionsSearch } from "../use-missions.ts";

const VIEWS = [
  { value: "table", label: "Table" },
  { value: "coverage", label: "Coverage" },
];

/** The missions as a table, or by tier. */
export function ViewSwitch() {
  const { view, show } = useMissionsSearch();
  return (
    <SegmentedControl
      aria-label="View"
      data={VIEWS}
      value={view ?? "table"}
      onChange={(value) => show(value === "coverage" ? "coverage" : undefined)}
    />
  );
}
