import { useQuery } from "@tanstack/react-query";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { missionsSentence } from "./missions-sentence.ts";
import type { CountsById } from "./missions-table.tsx";

interface Props {
  rows: readonly MissionDto[] | undefined;
  counts: CountsById;
  isComplete: boolean;
}

/** The one sentence over the list, from real counts: what runs, what sleeps, what is missing. */
export function MissionsSentence({ rows, counts, isComplete }: Props) {
  const client = useClient();
  const active = useQuery(trpc.missions.count.queryOptions({ clientId: client.id, state: "active" }));
  const asleep = useQuery(trpc.missions.count.queryOptions({ clientId: client.id, state: "enabled" }));
  if (counts === "failed" || active.isError || asleep.isError || rows?.length === 0) {
    return <>What each mission asks and gives, and who has it.</>;
  }
  if (rows === undefined || counts === undefined || active.data === undefined || asleep.data === undefined) {
    return <SkeletonText width="min(480px, 100%)" />;
  }
  const notSeeded = rows.map((mission) => ({ name: mission.name, count: counts.get(mission.id)?.notSeeded ?? 0 }));
  const unjudged = rows.filter((mission) => mission.enabled && !mission.isTierKnown).map(({ name }) => name);
  const pieces = missionsSentence({ active: active.data, asleep: asleep.data, notSeeded, unjudged, isComplete });
  return <>{pieces.map((piece) => (piece.strong === true ? <b key={piece.text}>{piece.text}</b> : piece.text))}</>;
}
