import { describe, expect, it } from "vitest";
import { isTyping, matchesShortcut } from "./shortcuts.ts";

const press = (key: string, more: Partial<{ ctrlKey: boolean; metaKey: boolean; altKey: boolean }> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

describe("a shortcut", () => {
  it("is its key, with Ctrl or Cmd only where it says so", () => {
    expect(matchesShortcut("/", press("/"))).toBe(true);
    expect(matchesShortcut("/", press("/", { ctrlKey: true }))).toBe(false);
    expect(matchesShortcut("mod+k", press("k", { ctrlKey: true }))).toBe(true);
    expect(matchesShortcut("mod+k", press("K", { metaKey: true }))).toBe(true);
    expect(matchesShortcut("mod+k", press("k"))).toBe(false);
    expect(matchesShortcut("j", press("j", { altKey: true }))).toBe(false);
    expect(matchesShortcut("mod+Enter", press("Enter", { ctrlKey: true }))).toBe(true);
  });
  it("leaves letters alone while somebody types", () => {
    expect(isTyping(document.createElement("textarea"))).toBe(true);
    expect(isTyping(document.createElement("input"))).toBe(true);
    const tick = document.createElement("input");
    tick.type = "checkbox";
    expect(isTyping(tick)).toBe(false);
    expect(isTyping(document.createElement("button"))).toBe(false);
  });
});
