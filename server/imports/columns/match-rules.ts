/** Which column of an export is likely which of ours. A proposal only: an owner says yes. Pure. */
import { csvColumns, type CsvColumn } from "../schema.ts";

/** How exports call them, as letters and digits alone; the likeliest first. */
const KNOWN: Record<CsvColumn, readonly string[]> = {
  Handle: [
    "handle",
    "creator",
    "creatorhandle",
    "tiktokhandle",
    "username",
    "creatorusername",
    "creatorname",
    "account",
    "author",
    "user",
    "affiliate",
  ],
  Video: [
    "video",
    "videourl",
    "videolink",
    "url",
    "link",
    "videoid",
    "postid",
    "posturl",
    "postlink",
    "contentid",
    "contenturl",
  ],
  Views: ["views", "videoviews", "totalviews", "viewcount", "plays", "vv", "impressions"],
  Likes: ["likes", "videolikes", "totallikes", "likecount", "hearts"],
  Comments: ["comments", "videocomments", "totalcomments", "commentcount"],
  GMV: ["gmv", "totalgmv", "videogmv", "affiliategmv", "revenue", "sales", "salesamount", "grossmerchandisevalue"],
  CTR: ["ctr", "clickthroughrate", "clickrate", "productctr"],
  "Units Sold": ["unitssold", "units", "itemssold", "quantity", "qty", "orders", "unitsold", "productssold"],
  "Post Date": [
    "postdate",
    "date",
    "posted",
    "postedat",
    "postedon",
    "publishdate",
    "publishedat",
    "published",
    "posttime",
    "createdat",
    "videopostdate",
  ],
  "Video Title": ["videotitle", "title", "caption", "description", "videoname", "videodescription", "name"],
};

/** Our columns with the export's own names for them: exact names first, then known ones; each name is given once. */
export function proposeColumns(names: readonly string[]): Partial<Record<CsvColumn, string>> {
  const proposed: Partial<Record<CsvColumn, string>> = {};
  const left = new Set(names);
  const take = (column: CsvColumn, name: string | undefined) => {
    if (name === undefined || proposed[column] !== undefined) return;
    proposed[column] = name;
    left.delete(name);
  };
  for (const column of csvColumns) take(column, left.has(column) ? column : undefined);
  const depth = Math.max(...csvColumns.map((column) => KNOWN[column].length));
  // All first choices before any second one, so that "Video Title" is no Video.
  for (let rank = 0; rank < depth; rank += 1) {
    for (const column of csvColumns)
      take(
        column,
        [...left].find((name) => plain(name) === KNOWN[column][rank]),
      );
  }
  return proposed;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
