import { useClient } from "../../../lib/client.tsx";
import { TextLink } from "../../../ui/link.tsx";
import { CodeText } from "../../../ui/text.tsx";
import { planCode } from "./plan-words.ts";

/** A plan by its short code, linked to the page that anybody can open to read it. */
export function PlanLink({ planId, onClick }: { planId: string; onClick?: (() => void) | undefined }) {
  const client = useClient();
  return (
    <TextLink
      to="/c/$client/missions/plans/$planId"
      params={{ client: client.subdomain, planId }}
      aria-label={`Plan ${planCode(planId)}`}
      {...(onClick === undefined ? {} : { onClick })}
    >
      <CodeText>{planCode(planId)}</CodeText>
    </TextLink>
  );
}
