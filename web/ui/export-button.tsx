import { Button } from "@mantine/core";
import type { ButtonProps } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { ExportListName } from "../../server/exports/schema.ts";
import { useClient } from "../lib/client.tsx";
import { exportHref } from "../lib/export-link.ts";
import type { ExportFilters } from "../lib/export-link.ts";
import { countOf } from "../lib/numbers.ts";
import { ActionButton } from "./action-button.tsx";

interface Props {
  list: ExportListName;
  /** Those of the list shown, without its place. */
  filters: ExportFilters;
  /** The exact number of rows the file will have; undefined while it is counted. */
  count: number | undefined;
  /** What a row is: "creator". */
  noun?: string | undefined;
  plural?: string | undefined;
  /** Why these rows cannot be exported. */
  reason?: string | undefined;
  size?: ButtonProps["size"];
}

const icon = <IconDownload size={16} stroke={1.75} aria-hidden />;

/** The list as a CSV file, by its filters: "Export 212 creators". An empty list says that there is nothing to export. */
export function ExportButton({ list, filters, count, noun = "row", plural, reason, size }: Props) {
  const client = useClient();
  const label = count === undefined || count === 0 ? "Export CSV" : `Export ${countOf(count, noun, plural)}`;
  const why = reason ?? (count === 0 ? "The list is empty: there is nothing to export." : undefined);
  const looks = { leftSection: icon, ...(size === undefined ? {} : { size }) };
  if (why !== undefined) {
    return (
      <ActionButton {...looks} reason={why}>
        {label}
      </ActionButton>
    );
  }
  return (
    <Button
      component="a"
      download
      href={exportHref(client.id, list, filters)}
      aria-label={count === undefined ? label : `${label} as CSV`}
      {...looks}
    >
      {label}
    </Button>
  );
}
