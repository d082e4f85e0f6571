import { beforeEach, expect, it } from "vitest";
import { firstClient, rememberClient } from "./last-client.ts";

const clients = [{ subdomain: "aurora" }, { subdomain: "luma" }];
beforeEach(() => localStorage.clear());

it("begins with the first client, then with the one that was opened last", () => {
  expect(firstClient(clients)).toBe(clients[0]);
  rememberClient("luma");
  expect(firstClient(clients)).toBe(clients[1]);
});

it("forgets a client that the admin has no longer", () => {
  rememberClient("gone");
  expect(firstClient(clients)).toBe(clients[0]);
  expect(firstClient([])).toBeUndefined();
});
