/** The demo's creators and videos: who posts what, and what a video's figures are on a given day. */
import { addDays, type Day } from "../base/days.ts";
import { type Random, seededRandom } from "./random.ts";

export interface DemoVideo {
  handle: string;
  key: string;
  title: string;
  postDate: Day;
  /** figures the video ends with, reached along a saturating curve */
  final: { views: number; likes: number; comments: number; units: number };
  price: number;
  ctr: string;
}

export interface PopulationOptions {
  seed: number;
  creators: number;
  /** days of posts, ending with `lastDay` */
  days: number;
  lastDay: Day;
  /** median of what a creator sells within those days, in whole units */
  medianUnits: number;
  /** prices of the products, in the client's currency */
  prices: readonly number[];
}

const first = [
  "luna",
  "mara",
  "nori",
  "hazel",
  "dewy",
  "glow",
  "fern",
  "wren",
  "jun",
  "emiko",
  "otto",
  "kit",
  "oat",
  "priya",
  "tess",
  "hollis",
  "copper",
  "sunday",
  "nina",
  "velvet",
  "clover",
  "indigo",
  "maple",
  "river",
  "sage",
  "olive",
  "coral",
  "ivy",
  "juniper",
  "poppy",
  "bea",
  "cleo",
  "dara",
  "esme",
  "faye",
  "gia",
  "hana",
  "ines",
  "joss",
  "kaia",
  "lola",
  "mina",
  "noor",
  "orla",
  "pia",
  "quinn",
];
const second = [
  "makes",
  "hauls",
  "picks",
  "notes",
  "reviews",
  "edit",
  "routine",
  "finds",
  "home",
  "daily",
  "studio",
  "glow",
  "skin",
  "beauty",
  "store",
  "shelf",
  "desk",
  "corner",
  "club",
  "tries",
  "tested",
  "unboxed",
  "loves",
  "vanity",
  "diary",
  "closet",
  "kitchen",
  "spa",
];
const titles = [
  "Restock with me, part 2",
  "3 outfits, 1 jacket",
  "Día de rutina ✨",
  "今日のコスメ",
  "Under $25, over the top",
  "GRWM: Sunday reset",
  "I tried it for 30 days",
  'The "glass skin" serum, honestly',
  "What I ordered vs what I got 😅",
  "Five-minute morning",
  "Favoritos do mês 💛",
  "Unboxing: the big one",
  "Packing orders at midnight",
  "Which shade is it?",
  "Para peles sensíveis",
  "POV: it finally arrived",
];

/** Every video of the programme. Creators differ by some orders of magnitude, as real ones do. */
export function makeVideos(options: PopulationOptions): DemoVideo[] {
  const random = seededRandom(options.seed);
  const handles = makeHandles(random, options.creators);
  const firstDay = addDays(options.lastDay, 1 - options.days);
  return handles.flatMap((handle, index) => videosOf(handle, index, firstDay, random, options));
}

function makeHandles(random: Random, count: number): string[] {
  const handles = new Set<string>();
  while (handles.size < count) {
    const base = `${random.pick(first)}${random.pick(["", ".", "_"])}${random.pick(second)}`;
    handles.add(handles.has(base) ? `${base}${random.int(2, 99)}` : base);
  }
  return [...handles];
}

function videosOf(
  handle: string,
  index: number,
  firstDay: Day,
  random: Random,
  options: PopulationOptions,
): DemoVideo[] {
  const unitsOfCreator = options.medianUnits * Math.exp(1.5 * random.normal());
  const count = Math.max(1, Math.min(24, Math.round(6 + 4 * random.normal())));
  // one creator in twelve joins late, so that every night brings somebody new
  const joinsAfter = random.next() < 0.08 ? random.int(1, options.days - 1) : 0;
  return Array.from({ length: count }, (_, position) => {
    const units = Math.round((unitsOfCreator / count) * Math.exp(0.8 * random.normal()) * 0.75);
    const views = Math.round(units * random.int(60, 240) + random.int(20, 900));
    const postedAfter = position === 0 ? joinsAfter : random.int(joinsAfter, options.days - 1);
    return {
      handle,
      key: `74${String(options.seed).padStart(4, "0")}${String(index).padStart(7, "0")}${String(position).padStart(6, "0")}`,
      title: random.pick(titles),
      postDate: addDays(firstDay, postedAfter),
      final: {
        views,
        likes: Math.round(views * (0.02 + random.next() * 0.09)),
        comments: Math.round(views * random.next() * 0.006),
        units,
      },
      price: random.pick(options.prices),
      ctr: (0.5 + random.next() * 5).toFixed(2),
    };
  });
}

export interface VideoFigures {
  views: number;
  likes: number;
  comments: number;
  units: number;
  /** decimal text, two digits */
  gmv: string;
}

/** The cumulative figures of a video at the end of a day: most of it comes within a week, nothing is ever taken back. */
export function figuresOn(video: DemoVideo, day: Day): VideoFigures {
  const age = (Date.parse(day) - Date.parse(video.postDate)) / 86_400_000;
  const share = 1 - Math.exp(-(age + 1) / 4);
  const units = Math.floor(video.final.units * share);
  return {
    views: Math.floor(video.final.views * share),
    likes: Math.floor(video.final.likes * share),
    comments: Math.floor(video.final.comments * share),
    units,
    gmv: (units * video.price).toFixed(2),
  };
}
