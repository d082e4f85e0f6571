import { TRPCClientError } from "@trpc/client";
import { describe, expect, it } from "vitest";
import { errorCode, errorsByField, errorText, fieldErrors, isNotFound, isSignedOut } from "./errors.ts";

function refused(message: string, data: Record<string, unknown>): TRPCClientError<never> {
  return TRPCClientError.from({ error: { message, code: -32_600, data } } as never);
}

describe("an error as a sentence", () => {
  it("is the server's own sentence when it wrote one", () => {
    const error = refused("Mission was not found.", { code: "NOT_FOUND", field: null });
    expect(errorText(error)).toBe("Mission was not found.");
    expect(isNotFound(error)).toBe(true);
  });
  it("names the field of a refused input", () => {
    const error = refused("targetValue: A number such as 1000 or 1000.50", {
      code: "BAD_REQUEST",
      field: "targetValue",
    });
    expect(errorText(error)).toBe("Target value: A number such as 1000 or 1000.50.");
    expect(fieldErrors(error)).toEqual({ targetValue: "A number such as 1000 or 1000.50" });
  });
  it("gives a form the sentence of a rule about one field", () => {
    const error = refused("A raffle needs an end date.", { code: "BAD_REQUEST", field: "raffleEndDate" });
    expect(errorText(error)).toBe("A raffle needs an end date.");
    expect(fieldErrors(error)).toEqual({ raffleEndDate: "A raffle needs an end date." });
  });
  it("stands at the field of a form whose name is the last word of the server's", () => {
    const error = refused("value.type: One of points, cash", { code: "BAD_REQUEST", field: "value.type" });
    expect(errorsByField(error)).toEqual({ type: "One of points, cash" });
  });
  it("says that no answer came", () => {
    const error = TRPCClientError.from(new Error("Failed to fetch"));
    expect(errorText(error)).toBe("The server gave no answer. Check the connection and try again.");
    expect(errorCode(error)).toBeUndefined();
  });
  it("says that the session ended", () => {
    const error = refused("Sign in first.", { code: "UNAUTHORIZED" });
    expect(isSignedOut(error)).toBe(true);
    expect(errorText(error)).toBe("You are signed out. Sign in again to go on.");
  });
  it("never is empty", () => {
    expect(errorText(new Error(""))).toBe("Something failed without saying why.");
    expect(errorText(undefined)).toBe("Something failed without saying why.");
    expect(errorText(new Error("disk full"))).toBe("disk full.");
  });
});
