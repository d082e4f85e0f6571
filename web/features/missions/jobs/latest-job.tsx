import { useClient } from "../../../lib/client.tsx";
import { countOf } from "../../../lib/numbers.ts";
import { Banner } from "../../../ui/banner.tsx";
import { TextLink } from "../../../ui/link.tsx";
import { jobTitle, waitingText } from "./job-words.ts";
import { useLatestJob } from "./use-job.ts";

/** Above the list: the large seeding that is under way, or that came to nothing. One that went through stands in the list. */
export function LatestJob() {
  const { subdomain: client } = useClient();
  const { data: job } = useLatestJob();
  if (job === undefined || job === null || job.status === "succeeded" || job.status === "cancelled") {
    return null;
  }
  const words = {
    queued: {
      tone: "quiet",
      told: `waits: ${countOf(job.pairs, "row")} to create. ${waitingText(job)}`,
      link: "Follow it",
    },
    running: { tone: "running", told: `is under way: ${countOf(job.pairs, "row")} to create.`, link: "Follow it" },
    failed: { tone: "failed", told: `failed. ${job.failure?.message ?? ""}`, link: "See what to do" },
  } as const;
  const { tone, told, link } = words[job.status];
  return (
    <Banner
      tone={tone}
      title={jobTitle(job)}
      actions={
        <TextLink to="/c/$client/seedings/jobs/$jobId" params={{ client, jobId: job.id }}>
          {link}
        </TextLink>
      }
    >
      {told}
    </Banner>
  );
}
