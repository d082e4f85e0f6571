import { useClient } from "../../lib/client.tsx";
import { TextLink } from "../../ui/link.tsx";

export function CreatorLink({ creator }: { creator: { userId: string; handle: string } }) {
  const client = useClient();
  return (
    <TextLink to="/c/$client/creators/$userId" params={{ client: client.subdomain, userId: creator.userId }}>
      @{creator.handle}
    </TextLink>
  );
}
