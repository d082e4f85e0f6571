import type { CauseDto, CausingVideo } from "../../../server/redemptions/cause/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { targetText } from "../../lib/mission-words.ts";
import { formatCount } from "../../lib/numbers.ts";
import { OutsideLink, TextLink } from "../../ui/link.tsx";
import { Panel, PanelRow } from "../../ui/panel.tsx";
import { DayText, Dim } from "../../ui/text.tsx";

interface Props {
  cause: CauseDto;
  /** an amount in the unit of the mission */
  text: (amount: string) => string;
}

/** The videos of a completed row with what each counts, and the line of the file that says so. */
export function CauseVideos({ cause, text }: Props) {
  const { currency } = useClient();
  const { videos, videoCount, value, worthNow, missionType } = cause;
  if (videoCount === 0) {
    return <Dim>None is known of the time before it was completed.</Dim>;
  }
  const rest = videoCount - videos.length;
  return (
    <>
      <Panel flush>
        {videos.map((video) => (
          <PanelRow key={video.key} end={targetText(missionType, video.worth, currency)}>
            <VideoWords video={video} />
          </PanelRow>
        ))}
        {rest > 0 ? (
          <PanelRow>
            <Dim>and {formatCount(rest)} more that count less</Dim>
          </PanelRow>
        ) : null}
      </Panel>
      {Number(worthNow) === Number(value) ? null : (
        <Dim>
          Together they count {text(worthNow)} now; the row keeps the {text(value)} with which it was completed. Figures
          marked as changed since are newer than it.
        </Dim>
      )}
    </>
  );
}

function VideoWords({ video }: { video: CausingVideo }) {
  return (
    <>
      {video.url.startsWith("https://") ? (
        <OutsideLink href={video.url} title={video.title}>
          {video.key}
        </OutsideLink>
      ) : (
        video.key
      )}{" "}
      <Dim>
        <DayText day={video.postDate} /> · <Source video={video} />
        {video.hasChangedSince ? ", changed since" : ""}
      </Dim>
    </>
  );
}

function Source({ video: { importId, fileName, line } }: { video: CausingVideo }) {
  const client = useClient();
  if (importId === null || fileName === null) {
    return <>no file is known</>;
  }
  return (
    <>
      <TextLink to="/c/$client/import/$importId" params={{ client: client.subdomain, importId }}>
        {fileName}
      </TextLink>
      , line {line === null ? "unknown" : formatCount(line)}
    </>
  );
}
