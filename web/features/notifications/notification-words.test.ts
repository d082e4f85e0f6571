import { expect, it } from "vitest";
import { attemptText, eventsText, statusOf } from "./notification-words.ts";

it("a delivery that waits says whether it was tried", () => {
  const attempt = { number: 1, at: new Date(), milliseconds: 1, statusCode: 503, error: null };
  expect(statusOf({ status: "pending", attempts: [] }).word).toBe("Waiting");
  expect(statusOf({ status: "pending", attempts: [attempt] }).word).toBe("Tried, tries again");
  expect(statusOf({ status: "failed", attempts: [attempt] })).toEqual({ status: "failed", word: "Failed" });
});

it("an attempt says its status or why there is none, and a channel what it asks for", () => {
  expect(attemptText({ statusCode: 200, error: null })).toBe("200");
  expect(attemptText({ statusCode: null, error: "No answer came within 10 seconds." })).toBe(
    "no answer: No answer came within 10 seconds.",
  );
  expect(eventsText(["failed", "held"])).toBe("failed, held");
  expect(eventsText([])).toBe("nothing");
});
