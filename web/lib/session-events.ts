/** Lets the data layer tell the app that the session ended, without knowing about routes. */
const target = new EventTarget();

/** Says that the server no longer knows this session. */
export function announceSignedOut(): void {
  target.dispatchEvent(new Event("signed-out"));
}

/** Calls `listener` whenever the session ended; answers the function that stops listening. */
export function onSignedOut(listener: () => void): () => void {
  target.addEventListener("signed-out", listener);
  return () => target.removeEventListener("signed-out", listener);
}
