import { SkeletonBlock, SkeletonText } from "../ui/skeleton.tsx";
import { Stack } from "../ui/page.tsx";
import classes from "./error-pages.module.css";

/** What stands while a page's code comes: the places of its title and its list, at their full height. */
export function PendingPage() {
  return (
    <div className={classes.pending} aria-busy="true">
      <Stack gap={24}>
        <SkeletonText width={180} large />
        <SkeletonBlock height={320} />
      </Stack>
    </div>
  );
}
