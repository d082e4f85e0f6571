import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { FilterSelect } from "./filter-select.tsx";

afterEach(cleanup);

const tiers = [{ value: "tier_1", label: "Bronze" }];

it.each([
  ["a choice by its label", "tier_1", tiers, "TierBronze"],
  ["what is no option as it stands in the address", "bar", tiers, "Tier“bar”"],
  ["no filter while the options load", "tier_1", [], "Tierall"],
  ["no filter", undefined, tiers, "Tierall"],
])("a filter names %s", (_, value, options, text) => {
  render(
    <MantineProvider env="test">
      <FilterSelect label="Tier" value={value} options={options} onChange={() => undefined} />
    </MantineProvider>,
  );
  expect(screen.getByRole("button").textContent).toBe(text);
});
