import { MantineProvider, Menu } from "@mantine/core";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { lazy } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { LateMenu } from "./late-menu.tsx";
import { MenuButton } from "./menu-button.tsx";
import type { MenuOnTarget } from "./menu-button.tsx";

afterEach(cleanup);

function Fruit({ target }: MenuOnTarget) {
  return (
    <LateMenu target={target}>
      <Menu.Item>Apple</Menu.Item>
    </LateMenu>
  );
}

it("a menu that is not there yet opens by the press that asks for it, hangs from the button, and gives the focus back to it", async () => {
  const load = () => Promise.resolve({ default: Fruit });
  render(
    <MantineProvider env="test">
      <MenuButton load={load} menu={lazy(load)} label="Fruit" className={undefined}>
        F
      </MenuButton>
    </MantineProvider>,
  );
  const alone = screen.getByRole("button", { name: "Fruit" });
  expect([alone.getAttribute("aria-haspopup"), alone.getAttribute("aria-expanded")]).toEqual(["menu", "false"]);

  fireEvent.click(alone);
  expect(await screen.findByRole("menuitem", { name: "Apple" })).toBeDefined();
  const button = screen.getByRole("button", { name: "Fruit", hidden: true });
  expect(button.getAttribute("aria-expanded")).toBe("true");
  expect(document.activeElement).not.toBe(button);

  fireEvent.keyDown(document.activeElement!, { key: "Escape" });
  await waitFor(() => expect(document.activeElement).toBe(button));
  expect(button.getAttribute("aria-expanded")).toBe("false");
});

it("a menu that does not come leaves the button as it was, and is asked for again by the next press", async () => {
  const offline = new TypeError("Failed to fetch dynamically imported module");
  const load = vi.fn<() => Promise<{ default: typeof Fruit }>>().mockRejectedValueOnce(offline);
  load.mockResolvedValue({ default: Fruit });
  render(
    <MantineProvider env="test">
      <MenuButton load={load} menu={lazy(load)} label="Fruit" className={undefined}>
        F
      </MenuButton>
    </MantineProvider>,
  );
  const button = screen.getByRole("button", { name: "Fruit" });

  fireEvent.click(button);
  await waitFor(() => expect(button.title).toMatch(/could not be loaded/));
  expect(screen.getByRole("button", { name: "Fruit" })).toBe(button);
  expect(button.getAttribute("aria-expanded")).toBe("false");
  expect(screen.queryByRole("menuitem")).toBeNull();

  fireEvent.click(button);
  expect(await screen.findByRole("menuitem", { name: "Apple" })).toBeDefined();
});
