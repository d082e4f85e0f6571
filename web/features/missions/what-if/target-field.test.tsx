import { MantineProvider } from "@mantine/core";
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { ClientDto } from "../../../../server/access/schema.ts";
import type { MissionDto } from "../../../../server/missions/schema.ts";
import { ClientProvider } from "../../../lib/client.tsx";
import { TargetField } from "./target-field.tsx";

afterEach(cleanup);

const client = { id: "c", currency: "USD", role: "owner" } as ClientDto;
const mission = { missionType: "sales_dollars", targetValue: "5000.00" } as MissionDto;

it("selects its target when it gets the focus, so that what is typed takes its place", () => {
  render(
    <MantineProvider env="test">
      <ClientProvider client={client}>
        <TargetField mission={mission} target={undefined} onChange={() => undefined} />
      </ClientProvider>
    </MantineProvider>,
  );
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Target" });
  expect(field.value).toBe("$5,000");
  act(() => field.focus());
  expect(field.value).toBe("5000");
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, 4]);
});
