import { describe, expect, it } from "vitest";
import { reasonFor } from "./client.tsx";

describe("a disabled control", () => {
  it("says which role it needs", () => {
    expect(reasonFor({ name: "Luma Botanics", role: "viewer" }, "seeding:run")).toBe(
      "You are a viewer of Luma Botanics; this needs an operator.",
    );
    expect(reasonFor({ name: "Luma Botanics", role: "operator" }, "missions:write")).toBe(
      "You are an operator of Luma Botanics; this needs an owner.",
    );
  });
  it("has no reason when the role is enough", () => {
    expect(reasonFor({ name: "Luma Botanics", role: "owner" }, "seeding:run")).toBeUndefined();
  });
});
