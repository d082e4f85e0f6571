/** Waits for work, but no longer than until the process gives it up. */
export function unlessGivenUp<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T | "given_up"> {
  if (signal === undefined) return work;
  return new Promise((done, broken) => {
    const giveUp = () => done("given_up");
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    work.then(done, broken).finally(() => signal.removeEventListener("abort", giveUp));
  });
}
