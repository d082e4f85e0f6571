/** Daily files in the shape of the platform's export, written by the database row by row, so that no size needs memory. */
import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";

/** Which rows a file holds, as a select over `v` of the columns below. */
export interface FileRows {
  text: string;
}

const cells = (of: { key: string; handle: string; grown: string }) => `
  ${of.handle} as "Handle", 'https://www.tiktok.com/@' || ${of.handle} || '/video/' || ${of.key} as "Video",
  v.views + ${of.grown} as "Views", v.likes + ${of.grown} as "Likes", v.comments as "Comments", v.gmv + ${of.grown} * 0.01 as "GMV",
  v.ctr as "CTR", v.units_sold as "Units Sold", v.post_date as "Post Date", v.video_title as "Video Title"`;

const ofClient = (client: string) => `
  from videos v join users u on u.client_id = v.client_id and u.id = v.user_id
  where v.client_id = '${client}' and v.video_key like '7%'`;

/** The creator's number, which its first video has for a key. */
const NUMBER = "(right(v.video_key, 18)::bigint / 10)";
const FIRST = "and right(v.video_key, 1) = '0'";

/** One video nobody has seen yet for each creator. `file` tells the files of one run apart. */
export function newVideos(client: string, file: number): FileRows {
  const key = `'8' || lpad((${NUMBER} * 1000 + ${file})::text, 18, '0')`;
  return { text: `select ${cells({ key, handle: "u.tiktok_handle", grown: "0" })} ${ofClient(client)} ${FIRST}` };
}

/** The first video of every creator, one in `of` of them with new figures; `file` decides which, and by how much they grew. */
export function firstVideos(client: string, file: number, of: number): FileRows {
  const grown = `(case when ${NUMBER} % ${of} = ${file % of} then ${file} else 0 end)`;
  return {
    text: `select ${cells({ key: "v.video_key", handle: "u.tiktok_handle", grown })} ${ofClient(client)} ${FIRST}`,
  };
}

/** New figures of the first video of one creator in `of`, and nothing else. */
export function changedVideos(client: string, file: number, of: number): FileRows {
  const text = `select ${cells({ key: "v.video_key", handle: "u.tiktok_handle", grown: String(file) })}
    ${ofClient(client)} ${FIRST} and ${NUMBER} % ${of} = ${file % of}`;
  return { text };
}

/** All videos, one in `of` of them with new figures. */
export function allVideos(client: string, file: number, of: number): FileRows {
  const grown = `(case when (hashtext(v.video_key) & 2147483647) % ${of} = ${file % of} then ${file} else 0 end)`;
  return { text: `select ${cells({ key: "v.video_key", handle: "u.tiktok_handle", grown })} ${ofClient(client)}` };
}

/** The file as a stream of CSV, read on the owner's connection, which is busy until the end. */
export function csvStream(owner: pg.ClientBase, { text }: FileRows): Readable {
  return owner.query(copyTo(`copy (${text}) to stdout with (format csv, header)`));
}

/** The same into a file. */
export function writeCsv(owner: pg.ClientBase, rows: FileRows, path: string): Promise<void> {
  return pipeline(csvStream(owner, rows), createWriteStream(path));
}
