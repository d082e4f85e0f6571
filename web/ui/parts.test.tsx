import { MantineProvider } from "@mantine/core";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ActionButton } from "./action-button.tsx";
import { DataTable } from "./data-table.tsx";
import { ConfirmDialog } from "./dialog.tsx";
import { EmptyState } from "./empty-state.tsx";
import { SumLine } from "./sum-line.tsx";
import type { Column } from "./table-types.ts";
import { VerdictText } from "./verdict.tsx";
import { WriteDialog } from "./write-dialog.tsx";

afterEach(cleanup);

function show(content: ReactNode) {
  return render(<MantineProvider env="test">{content}</MantineProvider>);
}

describe("a sum line", () => {
  const terms = [
    { key: "create", label: "will be created", count: 212, bucket: "create" },
    { key: "unknown", label: "cannot be judged", count: 14, bucket: "unknown" },
  ] as const;
  it("is a tab list whose total is no tab", () => {
    const choose = vi.fn<(key: "create" | "unknown") => void>();
    show(
      <SumLine
        label="Creators"
        terms={terms}
        total={{ label: "creators", count: 226 }}
        value="create"
        onChange={choose}
      />,
    );
    expect(screen.getAllByRole("tab")).toHaveLength(2);
    expect(screen.getByRole("tab", { selected: true }).textContent).toContain("212");
    fireEvent.keyDown(screen.getByRole("tab", { selected: true }), { key: "ArrowRight" });
    expect(choose).toHaveBeenCalledWith("unknown");
    expect(screen.getByText("226")).toBeTruthy();
  });
  it("is a plain list where nothing can be chosen", () => {
    show(<SumLine label="Plan" terms={terms} total={{ label: "creators", count: 226 }} withBar />);
    expect(screen.queryByRole("tab")).toBeNull();
    expect(screen.getByRole("img", { name: "Plan: 212 will be created, 14 cannot be judged" })).toBeTruthy();
  });
});

describe("a control that cannot be used", () => {
  it("stays in the tab order and does nothing", () => {
    const write = vi.fn<() => void>();
    show(
      <ActionButton reason="You are a viewer." onClick={write}>
        Seed
      </ActionButton>,
    );
    const button = screen.getByRole("button", { name: "Seed" });
    fireEvent.click(button);
    expect(write).not.toHaveBeenCalled();
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(button.hasAttribute("disabled")).toBe(false);
  });
});

describe("a table", () => {
  interface Row {
    id: string;
    name: string;
  }
  const columns: Column<Row>[] = [
    { id: "name", header: "Name", cell: (row) => row.name },
    { id: "id", header: "Number", align: "right", cell: (row) => row.id },
  ];
  const base = { label: "Things", columns, rowKey: (row: Row) => row.id, empty: <EmptyState title="Nothing fits" /> };
  it("keeps the places of its rows while it loads", () => {
    show(<DataTable {...base} rows={undefined} skeletonRows={3} />);
    expect(screen.getByRole("table").getAttribute("aria-busy")).toBe("true");
    expect(screen.getAllByRole("row")).toHaveLength(4);
  });
  it("heads every row with its first column", () => {
    show(<DataTable {...base} rows={[{ id: "1", name: "Gold Sprint" }]} />);
    expect(screen.getByRole("rowheader").textContent).toBe("Gold Sprint");
  });
  it("says why it is empty", () => {
    show(<DataTable {...base} rows={[]} />);
    expect(screen.getByText("Nothing fits")).toBeTruthy();
  });
  it("says what failed and offers to try again", () => {
    const retry = vi.fn<() => void>();
    show(<DataTable {...base} rows={undefined} error={new Error("The list is gone")} onRetry={retry} />);
    expect(screen.getByRole("alert").textContent).toContain("The list is gone.");
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(retry).toHaveBeenCalledOnce();
  });
});

describe("a dialog that confirms", () => {
  it("keeps a failure in sight and stays open", async () => {
    const close = vi.fn<() => void>();
    show(
      <ConfirmDialog
        opened
        onClose={close}
        title="Seed Gold Sprint"
        confirm="Create 212 rows"
        onConfirm={() => Promise.reject(new Error("Nothing was written"))}
      >
        Facts
      </ConfirmDialog>,
    );
    fireEvent.click(screen.getByRole("button", { name: /Create 212 rows/ }));
    expect((await screen.findByRole("alert")).textContent).toContain("Nothing was written.");
    expect(close).not.toHaveBeenCalled();
  });
  it("does its act on Ctrl and Enter, once, and closes", async () => {
    const close = vi.fn<() => void>();
    const write = vi.fn<() => Promise<void>>(() => Promise.resolve());
    show(
      <ConfirmDialog opened onClose={close} title="Seed" confirm="Create 1 row" onConfirm={write}>
        Facts
      </ConfirmDialog>,
    );
    fireEvent.keyDown(window, { key: "Enter", ctrlKey: true });
    fireEvent.keyDown(window, { key: "Enter", ctrlKey: true });
    await waitFor(() => expect(close).toHaveBeenCalledOnce());
    expect(write).toHaveBeenCalledOnce();
  });
  it("does its act once on a double click, whose second click comes before anything was drawn", async () => {
    const close = vi.fn<() => void>();
    const write = vi.fn<() => Promise<void>>(() => Promise.resolve());
    show(
      <ConfirmDialog opened onClose={close} title="Seed" confirm="Create 1 row" onConfirm={write}>
        Facts
      </ConfirmDialog>,
    );
    const button = screen.getByRole("button", { name: /Create 1 row/ });
    await act(async () => {
      button.click();
      button.click();
      await Promise.resolve();
    });
    await waitFor(() => expect(close).toHaveBeenCalledOnce());
    expect(write).toHaveBeenCalledOnce();
  });
});

describe("the focus of a dialog", () => {
  const base = { title: "Undo", confirm: "Remove 5 rows", onConfirm: () => undefined, reason: undefined, error: null };
  function Page({ isOpen, destructive = false, isDone = false }: Record<string, boolean>) {
    return (
      <MantineProvider env="test">
        <button type="button">Undo…</button>
        {isOpen ? (
          <WriteDialog
            {...base}
            destructive={destructive}
            isBusy={false}
            onClose={() => undefined}
            done={isDone ? "Removed 5 rows." : undefined}
          >
            Facts
          </WriteDialog>
        ) : null}
      </MantineProvider>
    );
  }
  const focused = () => document.activeElement?.textContent ?? "";

  it("begins at Cancel where something is taken away, else at the act", async () => {
    const { unmount } = render(<Page isOpen destructive />);
    await waitFor(() => expect(focused()).toBe("Cancel"));
    unmount();
    render(<Page isOpen />);
    await waitFor(() => expect(focused()).toContain("Remove 5 rows"));
  });

  it("goes to Close once it is done, and back to what opened it", async () => {
    const { rerender } = render(<Page isOpen={false} />);
    screen.getByRole("button", { name: "Undo…" }).focus();
    rerender(<Page isOpen destructive />);
    await waitFor(() => expect(focused()).toBe("Cancel"));
    rerender(<Page isOpen destructive isDone />);
    expect(focused()).toBe("Close");
    rerender(<Page isOpen={false} />);
    await waitFor(() => expect(focused()).toBe("Undo…"));
  });
});

describe("a verdict", () => {
  it("is a word, never a colour alone", () => {
    show(<VerdictText verdict="no" />);
    expect(screen.getByText("No")).toBeTruthy();
  });
});
