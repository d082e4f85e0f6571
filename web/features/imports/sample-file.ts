import { csvColumns } from "../../../server/imports/schema.ts";
import { csvOf } from "../../lib/download.ts";

/** The days before `today` ('YYYY-MM-DD'), so that the sample is never too old to be taken for real. */
function dayBefore(today: string, days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** A daily file of three rows that can be imported as it is: the header, and what each column looks like. */
export function sampleFile(today: string): string {
  const video = (handle: string, id: string) => `https://www.tiktok.com/@${handle}/video/${id}`;
  return csvOf([
    csvColumns,
    row("sample.creator", "7400000000000000001", ["12500", "840", "37", "1280.47", "2.27", "41"], 3, "Morning routine"),
    row("sample.creator", "7400000000000000002", ["980", "61", "4", "0", "0.9", "0"], 2, "Three products, one shelf"),
    row("second_sample", "7400000000000000003", ["45210", "3911", "210", "312.5", "3.1", "12"], 1, "Unboxing"),
  ]);

  function row(handle: string, id: string, figures: readonly string[], daysAgo: number, title: string): string[] {
    return [handle, video(handle, id), ...figures, dayBefore(today, daysAgo), title];
  }
}
