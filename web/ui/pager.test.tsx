import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { ClientDto } from "../../server/access/schema.ts";
import { ClientProvider } from "../lib/client.tsx";
import { Pager } from "./pager.tsx";

afterEach(cleanup);

const client = { id: "c", subdomain: "luma", timezone: "Europe/Berlin" } as ClientDto;

function wordsWith(asOf: Date | null | undefined): string | null {
  render(
    <MantineProvider env="test">
      <ClientProvider client={client}>
        <Pager place={{}} count={2} pageSize={50} total={2} previous={null} next={null} onGo={() => {}} asOf={asOf} />
      </ClientProvider>
    </MantineProvider>,
  );
  return screen.getByRole("navigation").textContent;
}

it("says as of when a page is that came from a replica, in the client's time", () => {
  expect(wordsWith(new Date("2026-11-26T13:03:20Z"))).toBe("2as of 14:03:20");
});

it.each([null, undefined])("says nothing where the page is as of now or not there yet", (asOf) => {
  expect(wordsWith(asOf)).toBe("2");
});
