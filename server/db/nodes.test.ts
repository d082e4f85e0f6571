import { expect, it } from "vitest";
import { nodeUrl } from "./nodes.ts";

it.each([
  ["postgresql://a:b@one:5432/d", { host: "10.0.0.2", port: 6000 }, "postgresql://a:b@10.0.0.2:6000/d"],
  [
    "postgresql://a:b@one/d?sslmode=require",
    { host: "two", port: 5432 },
    "postgresql://a:b@two:5432/d?sslmode=require",
  ],
  ["postgresql://a@localhost:7/d?host=%2Fvar%2Frun&port=7", { host: "two", port: 8 }, "postgresql://a@two:8/d"],
  ["postgresql://a@one:5432/d", { host: "fd00::2", port: 5432 }, "postgresql://a@[fd00::2]:5432/d"],
  ["postgresql://a@one:5432/d", { host: "/run/two", port: 9 }, "postgresql://a@one:9/d?host=%2Frun%2Ftwo"],
])("of %s the node %o is reached at %s", (url, node, address) => {
  expect(nodeUrl(url, node)).toBe(address);
});
