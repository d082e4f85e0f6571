import type { Day } from "../base/days.ts";
import { aurora } from "./aurora.ts";
import { luma } from "./luma.ts";
import type { DemoProgramme } from "./programme.ts";

/** The two programmes of the demo, as their owners would have set them up; dates relative to `today`. */
export function demoProgrammes(today: Day): DemoProgramme[] {
  return [luma(today), aurora(today)];
}
