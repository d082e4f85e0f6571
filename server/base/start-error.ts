/**
 * A reason not to start (or not to go on) that the person at the terminal can act on. The message is one sentence or two;
 * entry points print it alone, without a stack trace, and exit with code 1.
 */
export class StartError extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.name = "StartError";
  }
}
