/** The demo's daily CSV files, as an export would write them: clean, or as messy as real ones are. */
import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { addDays, type Day } from "../base/days.ts";
import { csvColumns } from "../imports/schema.ts";
import { type DemoVideo, figuresOn } from "./population.ts";

type Row = string[];

/** The file of a day: every video posted up to then with its figures of that evening, as a stream of UTF-8 text. */
export function dailyFile(videos: readonly DemoVideo[], day: Day): Readable {
  return Readable.from(cleanRows(videos, day)).pipe(stringify({ header: true, columns: [...csvColumns] }));
}

/**
 * The same with what goes wrong in practice: BOM, CRLF, `@` and capitals, thousands commas, blank lines, videos twice,
 * a column that nobody asked for, and rows that must be set aside.
 */
export function messyFile(videos: readonly DemoVideo[], day: Day): Readable {
  return Readable.from(messyRows(videos, day)).pipe(
    stringify({ header: true, bom: true, record_delimiter: "windows", columns: [...csvColumns, "Campaign"] }),
  );
}

function* cleanRows(videos: readonly DemoVideo[], day: Day): Generator<Row> {
  for (const video of videos) if (video.postDate <= day) yield rowOf(video, day);
}

function* messyRows(videos: readonly DemoVideo[], day: Day): Generator<Row> {
  let line = 0;
  for (const row of cleanRows(videos, day)) {
    line += 1;
    yield [...untidy(row, line), "autumn"];
    if (line % 900 === 0) yield [...row, "autumn"];
    const broken = brokenRows(row, day)[line / 700];
    if (broken !== undefined) yield [...broken, ""];
  }
}

function untidy(row: Row, line: number): Row {
  const [handle = "", video = "", views = "", ...rest] = row;
  const writtenHandle = line % 5 === 0 ? `@${handle.toUpperCase()}` : handle;
  return [writtenHandle, video, line % 7 === 0 ? Number(views).toLocaleString("en-US") : views, ...rest];
}

/** One of each thing that is rejected, keyed by when it turns up. */
function brokenRows(row: Row, day: Day): Record<number, Row> {
  const [
    handle = "",
    video = "",
    views = "",
    likes = "",
    comments = "",
    gmv = "",
    ctr = "",
    units = "",
    posted = "",
    title = "",
  ] = row;
  const other = `${video}9`;
  return {
    1: [handle, other, "1.2K", likes, comments, gmv, ctr, units, posted, title],
    2: [handle, other, views, likes, comments, "($50.00)", ctr, units, posted, title],
    3: [handle, other, views, likes, comments, gmv, ctr, "3.9", posted, title],
    4: ["@m", other, views, likes, comments, gmv, ctr, units, posted, title],
    5: [handle, other, "-5", likes, comments, gmv, ctr, units, posted, title],
    6: [handle, other, views, likes, comments, gmv, ctr, units, "19/11/2026", title],
    7: [handle, other, views, likes, comments, gmv, ctr, units, addDays(day, 6), title],
    8: ["somebody.else", video, views, likes, comments, gmv, ctr, units, posted, title],
    9: [handle, "", views, likes, comments, gmv, ctr, units, posted, title],
  };
}

function rowOf(video: DemoVideo, day: Day): Row {
  const figures = figuresOn(video, day);
  return [
    video.handle,
    `https://www.tiktok.com/@${video.handle}/video/${video.key}`,
    String(figures.views),
    String(figures.likes),
    String(figures.comments),
    figures.gmv,
    video.ctr,
    String(figures.units),
    video.postDate,
    video.title,
  ];
}
