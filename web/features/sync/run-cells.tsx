import type { RunRow } from "../../../server/sync/schema.ts";
import { runLength } from "../../lib/runs.ts";
import { useNow } from "../../lib/use-now.ts";
import { TextLink } from "../../ui/link.tsx";
import { Dim, Duration } from "../../ui/text.tsx";

/** How long it took; for a run that is on, so far. */
export function Took({ run }: { run: RunRow }) {
  if (run.status === "held") {
    return <Duration milliseconds={null} />;
  }
  const isOn = run.startedAt !== null && run.endedAt === null;
  return isOn ? <TookSoFar run={run} /> : <Duration milliseconds={runLength(run, run.createdAt)} />;
}

function TookSoFar({ run }: { run: RunRow }) {
  return <Duration milliseconds={runLength(run, useNow(1_000))} />;
}

/** The file of a run, as a link to what its check found. */
export function FileLink({ run, subdomain }: { run: RunRow; subdomain: string }) {
  if (run.importId === null) {
    return <Dim>no file</Dim>;
  }
  return (
    <TextLink to="/c/$client/import/$importId" params={{ client: subdomain, importId: run.importId }}>
      {run.fileName ?? "file"}
    </TextLink>
  );
}
