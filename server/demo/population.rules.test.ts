import { describe, expect, it } from "vitest";
import { addDays, type Day } from "../base/days.ts";
import { dailyFile, messyFile } from "./daily-file.ts";
import { figuresOn, makeVideos } from "./population.ts";
import { demoProgrammes } from "./programmes.ts";

const lastDay = "2026-11-21" as Day;
const population = { seed: 5, creators: 40, days: 36, medianUnits: 30, prices: [10, 19.9], lastDay };

describe("the demo's population", () => {
  it("is the same on every machine", () => {
    expect(makeVideos(population)).toEqual(makeVideos(population));
    expect(makeVideos({ ...population, seed: 6 })).not.toEqual(makeVideos(population));
  });

  it("has as many creators as asked for, each with a video, none posted outside of its days", () => {
    const videos = makeVideos(population);
    expect(new Set(videos.map((video) => video.handle)).size).toBe(40);
    expect(new Set(videos.map((video) => video.key)).size).toBe(videos.length);
    for (const { handle, postDate } of videos) {
      expect(handle).toMatch(/^[a-z0-9_.]{2,100}$/);
      expect(postDate >= addDays(lastDay, -35) && postDate <= lastDay).toBe(true);
    }
  });

  it("never takes a figure back, because the figures of a file are cumulative", () => {
    for (const video of makeVideos(population)) {
      const [first, later] = [figuresOn(video, video.postDate), figuresOn(video, addDays(video.postDate, 9))];
      expect(later.views).toBeGreaterThanOrEqual(first.views);
      expect(later.units).toBeGreaterThanOrEqual(first.units);
      expect(later.units).toBeLessThanOrEqual(video.final.units);
    }
  });
});

describe("the demo's files", () => {
  it("are clean on most days and messy on one: BOM, CRLF, a column nobody asked for", async () => {
    const videos = makeVideos(population);
    const clean = (await dailyFile(videos, lastDay).toArray()).join("");
    const messy = (await messyFile(videos, lastDay).toArray()).join("");
    expect(clean.split("\n")).toHaveLength(videos.length + 2);
    expect(messy.startsWith("\ufeffHandle,")).toBe(true);
    expect(messy).toContain("Video Title,Campaign\r\n");
  });
});

describe("the demo's programmes", () => {
  it("hold missions of all types and states, for a client by sales and one by units", () => {
    const programmes = demoProgrammes(lastDay);
    expect(programmes.map(({ client }) => client.metric)).toEqual(["sales", "units"]);
    for (const { missions, ladder } of programmes) {
      expect(ladder).toHaveLength(4);
      expect(missions).toHaveLength(8);
      expect(new Set(missions.map(({ input }) => input.missionType)).size).toBe(6);
    }
  });
});
