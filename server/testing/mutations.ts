/** Files as nobody should send them: seeded, so that a failure can be had again. */
import type { Random } from "../demo/random.ts";

type Mutation = (file: Buffer, random: Random) => Buffer;

const upTo = (random: Random, end: number) => Math.floor(random.next() * Math.max(end, 1));
const oneOf = <T>(random: Random, list: readonly T[]): T => list[upTo(random, list.length)]!;
const linesOf = (file: Buffer) => file.toString("latin1").split("\n");
const fromLines = (lines: readonly string[]) => Buffer.from(lines.join("\n"), "latin1");

function inserted(file: Buffer, at: number, piece: Buffer): Buffer {
  return Buffer.concat([file.subarray(0, at), piece, file.subarray(at)]);
}

const oddPieces = [
  '"',
  '""',
  ",",
  "\r",
  "\n",
  "\0",
  "\uFEFF",
  "'",
  ";",
  "\t",
  "=1+1",
  "𝟙",
  "-",
  "1e9",
  "٣",
  "\u202E",
  "\\",
  "{}",
];

/** What is done to a file, by name. */
export const mutations: Readonly<Record<string, Mutation>> = {
  "bytes flipped": (file, random) => {
    const flipped = Buffer.from(file);
    for (let times = 1 + upTo(random, 8); times > 0 && flipped.length > 0; times -= 1) {
      flipped[upTo(random, flipped.length)]! ^= 1 << upTo(random, 8);
    }
    return flipped;
  },
  "any byte anywhere": (file, random) => {
    const changed = Buffer.from(file);
    if (changed.length > 0) changed[upTo(random, changed.length)] = upTo(random, 256);
    return changed;
  },
  "cut short": (file, random) => file.subarray(0, upTo(random, file.length)),
  "cut in the middle": (file, random) => {
    const from = upTo(random, file.length);
    return Buffer.concat([file.subarray(0, from), file.subarray(from + upTo(random, 200))]);
  },
  "lines shuffled": (file, random) => {
    const [header = "", ...rows] = linesOf(file);
    return fromLines([header, ...shuffled(rows, random)]);
  },
  "header shuffled too": (file, random) => fromLines(shuffled(linesOf(file), random)),
  "cells shuffled": (file, random) =>
    fromLines(linesOf(file).map((line) => (random.next() < 0.2 ? shuffled(line.split(","), random).join(",") : line))),
  "lines twice": (file, random) =>
    fromLines(linesOf(file).flatMap((line) => (random.next() < 0.3 ? [line, line] : [line]))),
  "a huge field": (file, random) =>
    inserted(
      file,
      upTo(random, file.length),
      Buffer.from(oneOf(random, ["x", "9", "💄", ","]).repeat(10 ** (2 + upTo(random, 5)))),
    ),
  "odd pieces": (file, random) => {
    let odd = file;
    for (let times = 1 + upTo(random, 5); times > 0; times -= 1) {
      odd = inserted(odd, upTo(random, odd.length), Buffer.from(oneOf(random, oddPieces)));
    }
    return odd;
  },
  "another encoding": (file, random) => {
    const text = file.toString("utf8");
    const utf16 = Buffer.from(text, "utf16le");
    return oneOf(random, [
      utf16,
      Buffer.from(utf16.subarray(0, utf16.length - (utf16.length % 2))).swap16(),
      Buffer.from(text, "latin1"),
    ]);
  },
  "other line ends": (file, random) =>
    Buffer.from(
      file.toString("latin1").replaceAll(/\r?\n/g, () => oneOf(random, ["\r", "\r\n", "\n", "\n\n", "\n\r"])),
      "latin1",
    ),
  "two files in one": (file, random) => Buffer.concat([file, file.subarray(upTo(random, file.length))]),
  "numbers grown": (file, random) =>
    Buffer.from(
      file
        .toString("latin1")
        .replaceAll(/\d+/g, (digits) => (random.next() < 0.1 ? digits.repeat(1 + upTo(random, 9)) : digits)),
      "latin1",
    ),
};

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((item) => ({ item, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** A sample with one to three things done to it, and their names. */
export function mutated(sample: Buffer, random: Random): { file: Buffer; how: string } {
  const names = Array.from({ length: 1 + upTo(random, 3) }, () => oneOf(random, Object.keys(mutations)));
  const file = names.reduce((so, name) => mutations[name]!(so, random), sample);
  return { file, how: names.join(", ") };
}
