import { describe, expect, it } from "vitest";
import { isPublicAddress, readPublicUrl } from "./public-address.ts";
import { keyFrom, open, seal } from "./secret-box.ts";

describe("a sealed secret", () => {
  const key = keyFrom("a long and random text of thirty-two");

  it("opens under its key for its owner, and for nobody else", () => {
    const box = seal(key, "https://hooks.example/ü", "client 1");
    expect(box).not.toContain("hooks");
    expect(open(key, box, "client 1")).toBe("https://hooks.example/ü");
    expect(open(key, box, "client 2")).toBeNull();
    expect(open(keyFrom("another"), box, "client 1")).toBeNull();
    expect(seal(key, "same", "x")).not.toBe(seal(key, "same", "x"));
  });

  it("does not open once it was touched or is none", () => {
    const box = seal(key, "secret", "x");
    const parts = box.split(".");
    for (const part of [1, 2, 3]) {
      const flipped = parts.map((text, index) =>
        index === part ? `${text[0] === "A" ? "B" : "A"}${text.slice(1)}` : text,
      );
      expect(open(key, flipped.join("."), "x")).toBeNull();
    }
    for (const none of ["", "v1", "v1...", "v2.a.b.c", "secret"]) expect(open(key, none, "x")).toBeNull();
  });
});

describe("an address", () => {
  it.each(["8.8.8.8", "93.184.216.34", "2606:4700::1111", "172.32.0.1"])("%s is of the internet", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "fd00::1",
    "fe80::1",
    "not an address",
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  const read = (text: string, allowsPrivate = false) => readPublicUrl(text, { allowsPrivate, field: "target" });

  it("is taken over https, by name or number of the internet", () => {
    expect(read("https://hooks.slack.com/services/T/B/x").host).toBe("hooks.slack.com");
    expect(read("https://8.8.8.8:8443/x").port).toBe("8443");
  });

  it.each([
    "http://hooks.example.com/",
    "ftp://example.com/",
    "https://localhost/",
    "https://printer.local/",
    "https://metadata.google.internal/",
    "https://127.0.0.1/",
    "https://0x7f.1/",
    "https://2130706433/",
    "https://[::1]/",
    "https://user:password@example.com/",
    "example.com",
    "",
  ])("%s is refused", (text) => {
    expect(() => read(text)).toThrow();
  });

  it("of the own network is taken where the installation allows it", () => {
    expect(read("http://10.0.0.4:8080/hook", true).port).toBe("8080");
    expect(() => read("ftp://10.0.0.4/", true)).toThrow(/https/);
  });
});
