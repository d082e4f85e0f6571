import { FileButton, Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { csvColumns } from "../../../server/imports/schema.ts";
import type { ColumnsInput, ColumnsSeen, SourceDto } from "../../../server/imports/sources/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { countOf, formatPercent } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { Row, Stack } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Arrow, CodeText, Dim } from "../../ui/text.tsx";
import classes from "./imports.module.css";
import { lookAtColumns } from "./upload.ts";

type Names = ColumnsInput["columns"];

/** What the export calls our ten columns: read from a file of it, proposed, shown with its values, remembered. */
export function ColumnsPanel({ source }: { source: SourceDto }) {
  const client = useClient();
  const [seen, setSeen] = useState<ColumnsSeen | null>(null);
  const look = useMutation({
    mutationFn: (file: File) => lookAtColumns(client.id, file),
    onSuccess: setSeen,
  });
  const names = Object.entries(source.columns);
  const reason = client.reasonFor("sources:write");
  return (
    <Panel title="Columns">
      <Stack gap={12}>
        {names.length === 0 ? (
          <Dim>
            The export has our ten names. Where it does not, choose one of its files: its columns are matched here.
          </Dim>
        ) : (
          <ul className={classes.names}>
            {names.map(([column, name]) => (
              <li key={column}>
                {column} is read from <CodeText>{name}</CodeText>
              </li>
            ))}
          </ul>
        )}
        {look.error === null ? null : <ErrorBanner error={look.error} />}
        {seen === null ? null : <Matching seen={seen} saved={source.columns} onDone={() => setSeen(null)} />}
        {seen === null ? (
          <Row>
            {reason === undefined ? (
              <FileButton
                accept=".csv,text/csv"
                onChange={(file) => {
                  if (file !== null) {
                    look.mutate(file);
                  }
                }}
              >
                {(props) => (
                  <ActionButton {...props} loading={look.isPending}>
                    Match with a file…
                  </ActionButton>
                )}
              </FileButton>
            ) : (
              <ActionButton reason={reason}>Match with a file…</ActionButton>
            )}
            {names.length === 0 ? null : <Forget />}
          </Row>
        ) : null}
      </Stack>
    </Panel>
  );
}

function useSetColumns(onDone: () => void, sentence: string) {
  const queryClient = useQueryClient();
  return useMutation(
    trpc.sources.setColumns.mutationOptions({
      onSuccess: () => {
        announce(sentence);
        onDone();
      },
      onSettled: () => queryClient.invalidateQueries(trpc.sources.pathFilter()),
    }),
  );
}

function Forget() {
  const client = useClient();
  const save = useSetColumns(() => undefined, "The names were forgotten; files have our ten names again.");
  return (
    <ActionButton
      reason={client.reasonFor("sources:write")}
      loading={save.isPending}
      onClick={() => save.mutate({ clientId: client.id, columns: {} })}
    >
      Forget them
    </ActionButton>
  );
}

/** One line for each of the ten: which column of the file, five of its values, how full it is. */
function Matching({ seen, saved, onDone }: { seen: ColumnsSeen; saved: Names; onDone: () => void }) {
  const client = useClient();
  const [names, setNames] = useState<Names>({ ...seen.proposed, ...present(saved, seen) });
  const save = useSetColumns(onDone, "The columns were matched. Files are read by these names from now on.");
  const reason = faultOf(names);
  const options = seen.columns.map(({ name }) => name);
  return (
    <Stack gap={12}>
      <Dim>{countOf(seen.rows, "row")} read; nothing was kept.</Dim>
      <ul className={classes.matches}>
        {csvColumns.map((column) => {
          const found = seen.columns.find(({ name }) => name === names[column]);
          return (
            <li key={column}>
              <Select
                label={
                  <>
                    {column} <Arrow size={14} />
                  </>
                }
                aria-label={`Column of the file for ${column}`}
                data={options}
                value={names[column] ?? null}
                searchable
                placeholder="choose a column"
                onChange={(name) => setNames({ ...names, [column]: name ?? undefined })}
              />
              <Dim>
                {found === undefined
                  ? "no column like it"
                  : `${formatPercent(seen.rows === 0 ? 0 : found.filled / seen.rows)} filled: ${found.samples.join(", ") || "empty"}`}
              </Dim>
            </li>
          );
        })}
      </ul>
      {save.error === null ? null : <ErrorBanner error={save.error} />}
      {reason === undefined ? null : <Banner tone="held" title={reason} />}
      <Row>
        <ActionButton
          reason={client.reasonFor("sources:write") ?? reason}
          loading={save.isPending}
          onClick={() => save.mutate({ clientId: client.id, columns: names })}
        >
          Remember these names
        </ActionButton>
        <ActionButton onClick={onDone}>Cancel</ActionButton>
      </Row>
    </Stack>
  );
}

/** Why these names cannot be remembered, or undefined. */
function faultOf(names: Names): string | undefined {
  const missing = csvColumns.filter((column) => names[column] === undefined);
  if (missing.length > 0) {
    return `Choose a column for ${missing.join(", ")}.`;
  }
  const shared = csvColumns.find((column, index) =>
    csvColumns.some((other, place) => place > index && names[other] === names[column]),
  );
  return shared === undefined ? undefined : `"${names[shared]}" is chosen twice. Give each its own column.`;
}

function present(saved: Names, seen: ColumnsSeen): Names {
  const has = (name: string | undefined) => seen.columns.some((column) => column.name === name);
  return Object.fromEntries(Object.entries(saved).filter(([, name]) => has(name)));
}
