import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ClientProvider } from "../../lib/client.tsx";
import type { Client } from "../../lib/client.tsx";
import { queryClient } from "../../lib/trpc.ts";
import { AliasSuggestions } from "./aliases.tsx";

type Answer = (path: string) => Promise<unknown>;
const answer = vi.hoisted(() => vi.fn<Answer>());

vi.mock("../../lib/trpc.ts", async () => {
  const { QueryClient } = await import("@tanstack/react-query");
  const { createTRPCClient } = await import("@trpc/client");
  const { observable } = await import("@trpc/server/observable");
  const { createTRPCOptionsProxy } = await import("@trpc/tanstack-react-query");
  const queries = new QueryClient();
  const client = createTRPCClient({
    links: [
      () =>
        ({ op }) =>
          observable((observer) => {
            void answer(op.path).then((data) => {
              observer.next({ result: { type: "data", data } });
              observer.complete();
            });
          }),
    ],
  });
  return { queryClient: queries, trpc: createTRPCOptionsProxy({ client, queryClient: queries }) };
});

const owner = { id: "c", name: "Luma", subdomain: "luma", role: "owner", timezone: "UTC", currency: "USD" } as Client;
const pair = (handle: string, owner: string) => ({
  handle,
  creator: { userId: `id of ${owner}`, handle: owner },
  evidence: "name",
  rejectedRows: 0,
  heldVideos: 0,
});
const asked = () => answer.mock.calls.map(([path]) => path).filter((path) => path.endsWith("Alias"));

/** What each mutation waits for, let go by the test. */
let finish: () => void;

beforeEach(() => {
  const written = new Promise<void>((resolve) => {
    finish = resolve;
  });
  answer.mockImplementation(async (path) => {
    if (path === "imports.aliasSuggestions") return [pair("anna.new", "anna"), pair("ben_", "ben")];
    await written;
    return { kind: path === "imports.undoAlias" ? "undone" : "decided" };
  });
  const rootRoute = createRootRoute({
    component: () => (
      <ClientProvider client={owner}>
        <AliasSuggestions />
      </ClientProvider>
    ),
  });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={createRouter({ routeTree: rootRoute, history: createMemoryHistory() }) as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
});
afterEach(() => {
  cleanup();
  queryClient.clear();
  answer.mockReset();
});

it("a pair is decided once, stays in its place with what came of it, and is taken back there", async () => {
  const rows = () => screen.getAllByRole("listitem");
  const press = (row: number, name: string) =>
    fireEvent.click(within(rows()[row]!).getByRole("button", { name, hidden: true }));
  await screen.findByText("@anna.new");

  press(0, "Same creator");
  press(0, "Same creator");
  await vi.waitFor(() =>
    expect(within(rows()[1]!).getByRole("button", { name: "Two people" }).getAttribute("aria-disabled")).toBe("true"),
  );
  press(0, "Same creator");
  press(1, "Same creator");
  finish();
  await screen.findByText(/Rows of @anna\.new are @anna's from now on\./);
  press(0, "Two people");
  expect(rows()).toHaveLength(2);
  expect(asked()).toEqual(["imports.acceptAlias"]);

  press(0, "Undo");
  await vi.waitFor(() => expect(screen.queryByText(/from now on/)).toBeNull());
  expect(asked()).toEqual(["imports.acceptAlias", "imports.undoAlias"]);
});
