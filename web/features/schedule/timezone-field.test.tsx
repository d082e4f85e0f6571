import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { namedTimezone, TimezoneField } from "./timezone-field.tsx";

afterEach(cleanup);

function Form() {
  const [value, setValue] = useState("Europe/Berlin");
  return (
    <MantineProvider env="test">
      <TimezoneField value={value} onChange={setValue} />
    </MantineProvider>
  );
}

describe("a time zone", () => {
  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    [" europe/berlin ", "Europe/Berlin"],
    ["utc", "UTC"],
    ["Asia/Calcutta", "Asia/Calcutta"],
    ["Europe/Atlantis", null],
    ["CET", null],
    ["", null],
  ])("is named by %j: %j", (text, name) => {
    expect(namedTimezone(text)).toBe(name);
  });

  it("that is none stays in its field with an error, also when that is left", () => {
    render(<Form />);
    const field = screen.getByRole<HTMLInputElement>("combobox", { name: "Time zone" });
    fireEvent.focus(field);
    fireEvent.change(field, { target: { value: "Europe/At" } });
    expect(screen.queryByText(/^No such time zone\./)).toBeNull();
    fireEvent.change(field, { target: { value: "Europe/Atlantis" } });
    fireEvent.blur(field);
    expect(field.value).toBe("Europe/Atlantis");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText(/^No such time zone\./)).toBeTruthy();
    fireEvent.change(field, { target: { value: "Europe/Athens" } });
    expect(screen.queryByText(/^No such time zone\./)).toBeNull();
  });
});
