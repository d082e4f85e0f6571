import { useQuery } from "@tanstack/react-query";
import type { EndCode, RehearsalDto } from "../../../server/sync/rehearsal/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { Banner } from "../../ui/banner.tsx";
import { RunLink } from "../../ui/run-status.tsx";
import { When } from "../../ui/text.tsx";
import { meanwhileWords } from "./rehearsal-words.ts";
import { stepAt } from "./run-words.ts";

/** What no reader may miss: that nothing was written, and whether the night was played to its end. */
export function RehearsalState({ rehearsal }: { rehearsal: RehearsalDto }) {
  const { status, error } = rehearsal;
  if (status === "running") {
    return (
      <Banner tone="running" title="Nothing of this is written.">
        The eight steps are played on the real data and taken back. Nobody has to wait for it: any write of this
        programme ends it.
      </Banner>
    );
  }
  if (status === "finished") {
    return <Finished rehearsal={rehearsal} />;
  }
  if (status === "failed") {
    const step = stepAt(rehearsal.steps);
    return (
      <Banner tone="failed" title={`Tonight would fail at step ${step?.position ?? 1}.`}>
        {error?.message} Nothing of this was written.
      </Banner>
    );
  }
  return <EndedEarly rehearsal={rehearsal} />;
}

function Finished({ rehearsal }: { rehearsal: RehearsalDto }) {
  const client = useClient();
  const freshness = useQuery(trpc.clients.freshness.queryOptions({ clientId: client.id }));
  const last = freshness.data?.lastRun ?? null;
  const hasRunSince = last !== null && last.endedAt !== null && last.endedAt > rehearsal.at;
  return (
    <Banner tone="quiet" title="Nothing of this was written.">
      {hasRunSince ? (
        <>
          <RunLink number={last.number}>Run {last.number}</RunLink> has been since; this is what was to be expected
          before it.
        </>
      ) : (
        <>
          The eight steps were played on the real data of <When at={rehearsal.at} as="seconds" /> and taken back. What
          is written from then on may change the outcome.
        </>
      )}
    </Banner>
  );
}

/** What happened, and what it means; what a person did is told by the server. */
const ENDS: Record<EndCode, { title: string; text: string }> = {
  write: {
    title: "A write of this programme came in between.",
    text: "A rehearsal makes nobody wait. Rehearse again.",
  },
  sync: { title: "A sync was started in between.", text: "Rehearse again when it has ended." },
  person: { title: "It was ended by hand.", text: "" },
  time_limit: { title: "It took too long and was given up.", text: "" },
  stopped: { title: "The server was stopped in between.", text: "Rehearse again." },
  process_died: {
    title: "The server stopped in the middle.",
    text: "The database took everything back. Rehearse again.",
  },
  connection_lost: { title: "The connection to the database was lost.", text: "Rehearse again." },
  unexpected: { title: "Something went wrong that should not have.", text: "The log has the cause." },
};

function EndedEarly({ rehearsal: { error, meanwhile, steps } }: { rehearsal: RehearsalDto }) {
  const code = error?.code ?? "";
  const { title, text } = code in ENDS ? ENDS[code as EndCode] : { title: "It was ended early.", text: "" };
  const hasSeen = steps.some((step) => step.status === "succeeded");
  const words = [
    meanwhileWords(meanwhile),
    text === "" ? (error?.message ?? "") : text,
    `Nothing of this was written${hasSeen ? "; what stands below had been seen until then." : "."}`,
  ];
  return (
    <Banner tone={code === "unexpected" ? "failed" : "held"} title={title}>
      {words.filter((part) => part !== "").join(" ")}
    </Banner>
  );
}
