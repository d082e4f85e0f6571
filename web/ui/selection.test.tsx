import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { ClientDto } from "../../server/access/schema.ts";
import { ClientProvider } from "../lib/client.tsx";
import { CreatorSelectionBar, useCreatorSelection } from "./creator-selection.tsx";
import { DataTable } from "./data-table.tsx";
import { ExportButton } from "./export-button.tsx";
import { selectionText } from "./selection-bar.tsx";

afterEach(cleanup);

const client = { id: "c", name: "Luma", subdomain: "luma", role: "viewer" } as ClientDto;
const rows = ["anna", "ben", "cem"].map((handle) => ({ userId: `id-${handle}`, handle }));

function List({ total }: { total: number | undefined }) {
  const { selection, bar } = useCreatorSelection("creators", { tier: "tier_2" }, rows);
  return (
    <>
      <CreatorSelectionBar {...bar} total={total} />
      <DataTable
        label="Creators"
        columns={[{ id: "handle", header: "Creator", cell: (row: { handle: string }) => row.handle }]}
        rows={rows}
        rowKey={(row) => row.userId}
        selection={selection}
        empty={null}
      />
    </>
  );
}

const show = (content: React.ReactNode) =>
  render(
    <MantineProvider env="test">
      <ClientProvider client={client}>{content}</ClientProvider>
    </MantineProvider>,
  );
const hrefOf = (name: string) => screen.getByRole("link", { name }).getAttribute("href");

describe("a list of creators", () => {
  it("exports what is ticked by its ids, and all that match by the filter, saying the number each time", () => {
    show(<List total={995} />);
    expect(screen.queryByRole("group", { name: "Selection" })).toBeNull();
    fireEvent.click(screen.getByRole("checkbox", { name: "Select @ben" }));
    expect(screen.getByRole("status").textContent).toContain("1 creator selected");
    expect(hrefOf("Export 1 row as CSV")).toBe("/api/clients/c/exports/creators.csv?tier=tier_2&userIds=id-ben");

    fireEvent.click(screen.getByRole("checkbox", { name: "Select all on this page" }));
    expect(screen.getByRole("status").textContent).toContain("All 3 on this page are selected");
    expect(screen.getByRole("button", { name: "Copy 3 handles" })).toBeTruthy();

    fireEvent.click(screen.getByRole("button", { name: "Select all 995 that match" }));
    expect(screen.getByRole("status").textContent).toBe("All 995 creators that match are selected");
    expect(hrefOf("Export 995 rows as CSV")).toBe("/api/clients/c/exports/creators.csv?tier=tier_2");
    expect(screen.getByRole("button", { name: "Copy handles" }).getAttribute("aria-disabled")).toBe("true");
    expect(screen.getAllByRole<HTMLInputElement>("checkbox").every(({ checked }) => checked)).toBe(true);

    fireEvent.click(screen.getByRole("checkbox", { name: "Select @anna" }));
    expect(screen.getByRole("status").textContent).toContain("2 creators selected");
    fireEvent.click(screen.getByRole("button", { name: "Clear" }));
    expect(screen.queryByRole("group", { name: "Selection" })).toBeNull();
  });

  it("does not offer more where the page is everything", () => {
    show(<List total={3} />);
    fireEvent.click(screen.getByRole("checkbox", { name: "Select all on this page" }));
    expect(screen.queryByRole("button", { name: /that match/ })).toBeNull();
  });
});

describe("the words of a selection", () => {
  const page = new Map([["1", "a"]]);
  it.each([
    [{ rows: page, isAll: false }, 9, "1 creator selected"],
    [{ rows: new Map(), isAll: true }, undefined, "All creators that match are selected"],
    [{ rows: new Map(), isAll: true }, 1, "All 1 creator that match is selected"],
    [{ rows: new Map(), isAll: true }, 1284, "All 1,284 creators that match are selected"],
  ])("of %j among %s are %s", (ticks, total, text) => {
    expect(selectionText(ticks, page, total, "creator")).toBe(text);
  });
});

describe("an export", () => {
  it("says why there is none of an empty list", () => {
    show(<ExportButton list="audit" filters={{}} count={0} />);
    const button = screen.getByRole("button", { name: "Export CSV" });
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("is a download from the moment that the list is there, with the number once it is counted", () => {
    show(<ExportButton list="audit" filters={{ action: "a" }} count={undefined} />);
    const link = screen.getByRole("link", { name: "Export CSV" });
    expect(link.hasAttribute("download")).toBe(true);
    cleanup();
    show(<ExportButton list="audit" filters={{ action: "a" }} count={1212} noun="entry" plural="entries" />);
    expect(hrefOf("Export 1,212 entries as CSV")).toBe("/api/clients/c/exports/audit.csv?action=a");
  });
});
