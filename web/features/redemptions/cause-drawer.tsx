import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { CauseDto } from "../../../server/redemptions/cause/schema.ts";
import type { RedemptionDto } from "../../../server/redemptions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { goalText } from "../../lib/mission-words.ts";
import { countOf } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { Drawer, DrawerSection } from "../../ui/drawer.tsx";
import { Facts } from "../../ui/facts.tsx";
import { TextLink } from "../../ui/link.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { Dim, When, WindowText } from "../../ui/text.tsx";
import { CauseVideos } from "./cause-videos.tsx";

interface Props {
  redemptionId: string;
  /** of the page behind, for J and K */
  rows: readonly RedemptionDto[] | undefined;
  onShow: (id: string) => void;
  onClose: () => void;
}

/** Why a redemption is there: the row that was completed, by which run, and the videos that did it. */
export function CauseDrawer({ redemptionId, rows = [], onShow, onClose }: Props) {
  const client = useClient();
  const cause = useQuery(
    trpc.redemptions.cause.queryOptions({ clientId: client.id, redemptionId }, { placeholderData: keepPreviousData }),
  );
  const at = rows.findIndex(({ id }) => id === redemptionId);
  const step = (by: number) => {
    const row = at < 0 ? undefined : rows[at + by];
    return row === undefined ? undefined : () => onShow(row.id);
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      title={cause.data === undefined ? "Why it was earned" : `@${cause.data.handle}, ${cause.data.rewardName}`}
      onPrevious={step(-1)}
      onNext={step(1)}
      link={
        cause.data === undefined
          ? undefined
          : { to: "/c/$client/creators/$userId", params: { client: client.subdomain, userId: cause.data.userId } }
      }
    >
      {cause.data !== undefined ? (
        <Cause cause={cause.data} />
      ) : cause.isError ? (
        <ErrorBanner error={cause.error} onRetry={() => void cause.refetch()} />
      ) : (
        <SkeletonBlock height={324} />
      )}
    </Drawer>
  );
}

function Cause({ cause }: { cause: CauseDto }) {
  const client = useClient();
  const { missionType, target, value, videoCount } = cause;
  const text = (amount: string) => goalText({ missionType, targetValue: amount }, client.currency);
  return (
    <>
      <DrawerSection title="The row">
        <Facts
          facts={[
            {
              term: "Mission",
              value: (
                <TextLink
                  to="/c/$client/missions/$missionId"
                  params={{ client: client.subdomain, missionId: cause.missionId }}
                  search={{ tab: "progress" }}
                >
                  {cause.missionName}
                </TextLink>
              ),
            },
            { term: "Target", value: text(target) },
            { term: "Completed with", value: text(value) },
            {
              term: "Window, frozen",
              value: <WindowText start={cause.windowStart} end={cause.windowEnd} none="no dates" />,
            },
            { term: "Seeded", value: <When at={cause.seededAt} /> },
          ]}
        />
      </DrawerSection>
      <DrawerSection title="The run">
        <Facts
          facts={[
            { term: "Completed", value: <When at={cause.completedAt} /> },
            { term: "Completed by", value: <Run number={cause.completedBy} /> },
            { term: "Redemption by", value: <Run number={cause.madeBy} /> },
          ]}
        />
      </DrawerSection>
      <DrawerSection title={`The ${countOf(videoCount, "video")} that counted`}>
        <CauseVideos cause={cause} text={text} />
      </DrawerSection>
    </>
  );
}

function Run({ number }: { number: number | null }) {
  const client = useClient();
  return number === null ? (
    <Dim>not by a run that is known</Dim>
  ) : (
    <TextLink
      to="/c/$client/sync/$number"
      params={{ client: client.subdomain, number: String(number) }}
      search={{ tab: "changes" }}
    >
      run {number}
    </TextLink>
  );
}
