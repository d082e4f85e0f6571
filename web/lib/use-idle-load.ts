import { useEffect, useState } from "react";

/** After a failure, the network has this long to come back. */
const AGAIN_MS = 10_000;
/** Browsers without a way to ask whether they are idle wait this long. */
const SOON_MS = 1_000;

/**
 * Fetches code that no first view needs, once the browser has nothing better to do; true when it is there. `load` is the
 * import itself, and the same function on every call.
 */
export function useIdleLoad(load: () => Promise<unknown>): boolean {
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const fetchNow = () => {
      load().then(
        () => (isGone ? undefined : setThere(true)),
        // Nobody asked for it yet, so nobody is told.
        () => (isGone ? undefined : (timer = setTimeout(fetchNow, AGAIN_MS))),
      );
    };
    const cancel = whenIdle(fetchNow);
    return () => {
      isGone = true;
      cancel();
      clearTimeout(timer);
    };
  }, [load]);
  return isThere;
}

/** Calls `work` in an idle moment, unless the returned function is called before. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(work, SOON_MS);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work);
  return () => cancelIdleCallback(handle);
}
