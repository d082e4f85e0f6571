import { z } from "zod";
import { placeShape, searchOf } from "../../lib/search.ts";

const code = z.string().max(100);

/** The finding whose list is open and where in it; the one being put right, or muted. */
export const healthSearch = searchOf({ finding: code, fix: code, mute: code, ...placeShape });
