import type { SeedJobDto } from "../../../../server/seeding/jobs/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { countOf } from "../../../lib/numbers.ts";
import { useNow } from "../../../lib/use-now.ts";
import { Banner } from "../../../ui/banner.tsx";
import { TextLink } from "../../../ui/link.tsx";
import { jobTitle, waitingText } from "./job-words.ts";
import { isJobLive, useLatestJob } from "./use-job.ts";

/** For so long a failure is news above the list; its page stays. */
const NEWS_MS = 24 * 60 * 60_000;

/** Above the list: the large seeding that is under way, or has lately failed. One that went through stands in the list. */
export function LatestJob() {
  const { subdomain: client } = useClient();
  const now = useNow(10_000);
  const { data: job } = useLatestJob();
  if (job === undefined || job === null) {
    return null;
  }
  const isNews = job.status === "failed" && now.getTime() - job.createdAt.getTime() < NEWS_MS;
  if (!isJobLive(job.status) && !isNews) {
    return null;
  }
  const { tone, title, told } = wordsOf(job, now);
  return (
    <Banner
      tone={tone}
      title={title}
      actions={
        <TextLink to="/c/$client/seedings/jobs/$jobId" params={{ client, jobId: job.id }}>
          {isNews ? "See what to do" : "Follow it"}
        </TextLink>
      }
    >
      {told}
    </Banner>
  );
}

function wordsOf(job: SeedJobDto, now: Date) {
  const title = jobTitle(job);
  const rows = countOf(job.pairs, "row");
  if (job.failure !== null) {
    return { tone: "failed", title: `${title}: it came to nothing.`, told: job.failure.message } as const;
  }
  return job.status === "running"
    ? ({ tone: "running", title: `${title}: creating ${rows}.`, told: "" } as const)
    : ({ tone: "quiet", title: `${title}: ${rows} to create.`, told: waitingText(job, now) } as const);
}
