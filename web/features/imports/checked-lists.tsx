import { SegmentedControl } from "@mantine/core";
import type { ImportCheckDto, ImportDto } from "../../../server/imports/schema.ts";
import { Dim } from "../../ui/text.tsx";
import { CheckNotes } from "./check-notes.tsx";
import type { firstTab } from "./check-words.ts";
import { CheckedRows } from "./checked-rows.tsx";
import classes from "./imports.module.css";
import { NewCreatorsDrawer } from "./new-creators-drawer.tsx";
import { RejectedRows } from "./rejected-rows.tsx";
import { useCheckSearch } from "./use-check.ts";

/** The rows of the chosen tab, and above them what a rejected one means for the rest. */
export function CheckedLists({
  file,
  check,
  tab,
}: {
  file: ImportDto;
  check: ImportCheckDto;
  tab: ReturnType<typeof firstTab>;
}) {
  const { search, set } = useCheckSearch();
  return (
    <>
      <WhatIfRejected
        all={search.all === true}
        onChange={(all) => set({ all: all ? true : undefined })}
        rejected={check.counts.rejected}
      />
      {tab === "rejected" ? (
        <RejectedRows importId={file.id} total={check.counts.rejected} byCode={check.byCode} />
      ) : (
        <CheckedRows key={tab} verdict={tab} total={check.counts[tab]} />
      )}
      <CheckNotes
        newCreators={check.newCreators}
        extraColumns={file.extraColumns}
        onOpen={() => set({ creators: true })}
      />
      <NewCreatorsDrawer count={check.newCreators.count} />
    </>
  );
}

const CHOICES = [
  { value: "valid", label: "Import the valid rows" },
  { value: "all", label: "Import nothing" },
];

/** What a rejected row means for the others; asked before the run, and kept by it whatever it finds then. */
function WhatIfRejected({
  all,
  onChange,
  rejected,
}: {
  all: boolean;
  onChange: (all: boolean) => void;
  rejected: number;
}) {
  return (
    <div className={classes.choice}>
      <span id="if-rejected">If a row is rejected</span>
      <SegmentedControl
        aria-labelledby="if-rejected"
        data={CHOICES}
        value={all ? "all" : "valid"}
        onChange={(value) => onChange(value === "all")}
      />
      <Dim>
        {all
          ? rejected > 0
            ? "Download the rejected rows, correct them and upload that file, or correct this one and upload it again."
            : "All rows are valid now. Should one not be when the run comes to it, nothing is imported."
          : rejected > 0
            ? "The rejected rows are set aside; corrected, their download can be uploaded as it is."
            : "All rows are valid now."}
      </Dim>
    </div>
  );
}
