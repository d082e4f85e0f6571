import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { isPublicAddress } from "../../base/public-address.ts";
import { literalOf, PrivateAddress, publicLookup } from "./address.ts";
import { authorizationOf, nameOf, reasonOf, retryAfterMs } from "./answer-rules.ts";

describe("an address", () => {
  it.each(["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::200e"])(
    "%s is public",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ..."0.0.0.0 10.1.2.3 127.0.0.1 127.255.255.254 100.64.0.1 169.254.169.254 172.16.0.1 172.31.255.255".split(" "),
    ..."192.168.1.1 198.18.0.1 224.0.0.1 255.255.255.255 192.0.2.1 203.0.113.9".split(" "),
    ...":: ::1 fe80::1 fc00::1 fd12::1 ff02::1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 64:ff9b::a00:1 2002:a00:1:: 2001:db8::1 2001::1".split(
      " ",
    ),
    "nonsense",
    "",
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    ["https://[::1]/x", "::1"],
    ["https://127.1/x", "127.0.0.1"],
    ["https://2130706433/", "127.0.0.1"],
    ["https://example.com/", null],
  ])("%s is read as the machine would read it", (url, literal) => {
    expect(literalOf(new URL(url))).toBe(literal);
  });

  it("behind a name is judged where it is resolved", async () => {
    const resolve = promisify((name: string, done: (error: Error | null) => void) =>
      publicLookup(name, {}, (error) => done(error)),
    );
    await expect(resolve("localhost")).rejects.toBeInstanceOf(PrivateAddress);
  });
});

describe("an answer", () => {
  it("is told as what it is, and asked again for only while that may help", () => {
    expect([401, 403, 404, 410, 418].map((status) => reasonOf(status).isTransient)).toEqual(Array(5).fill(false));
    expect([408, 429, 500, 502, 503, 504].map((status) => reasonOf(status).isTransient)).toEqual(Array(6).fill(true));
  });

  it("may ask for patience, but not for ever", () => {
    expect(["3", "0", "999999", "Wed, 21 Oct 2026 07:28:00 GMT", undefined].map(retryAfterMs)).toEqual([
      3_000,
      0,
      60_000,
      null,
      null,
    ]);
  });

  it("names its file, or its address does", () => {
    const url = new URL("https://example.com/a/day%20one.csv?x=1");
    expect(nameOf(url, undefined)).toBe("day one.csv");
    expect(nameOf(url, 'attachment; filename="b.csv"')).toBe("b.csv");
    expect(nameOf(new URL("https://example.com/%zz"), undefined)).toBe("%zz");
    expect(nameOf(new URL("https://example.com/"), "inline")).toBe("example.com.csv");
  });

  it("is asked for with the sign-in that was chosen", () => {
    expect(authorizationOf("none", null, "x")).toBeNull();
    expect(authorizationOf("basic", "ü", "p:w")).toBe(`Basic ${Buffer.from("ü:p:w").toString("base64")}`);
  });
});
