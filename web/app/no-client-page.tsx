import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Page, Row } from "../ui/page.tsx";
import { Frame } from "./frame.tsx";
import { signOut } from "./session.ts";

/** For an admin who is signed in and belongs to no programme yet. */
export function NoClientPage() {
  const navigate = useNavigate();
  const leave = async () => {
    await signOut();
    await navigate({ to: "/sign-in" });
  };
  return (
    <Frame>
      <Page
        title="You belong to no programme yet"
        sentence="An owner of a programme can add you under Members. After that, reload this page."
      >
        <Row>
          <Button onClick={() => void leave()}>Sign out</Button>
        </Row>
      </Page>
    </Frame>
  );
}
