/** `npm run bench:compare A.json B.json`: two results side by side. */
import { asComparison, readReport } from "./report.ts";

const [before, after, ...more] = process.argv.slice(2);
if (before === undefined || after === undefined || more.length > 0) {
  throw new Error("Two files, as `npm run bench -- --json FILE` writes them: npm run bench:compare A.json B.json");
}
console.log(asComparison(readReport(before), readReport(after)));
