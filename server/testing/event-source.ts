/** A browser's EventSource for Node, as far as tRPC's client asks for it: the stream by fetch, and back after a cut with the last event's id. */

/** A browser waits for seconds before it comes back; a test need not. */
const AGAIN_MS = 50;

/** The class, with the cookies that a browser would send. */
export function eventSourceWith(cookie: string) {
  return class CookieEventSource extends BrowserEventSource {
    constructor(url: string) {
      super(url, cookie);
    }
  };
}

class BrowserEventSource extends EventTarget {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSED = 2;
  readyState: number = this.CONNECTING;
  readonly #url: string;
  readonly #cookie: string;
  readonly #closing = new AbortController();
  #lastEventId = "";

  constructor(url: string, cookie: string) {
    super();
    this.#url = url;
    this.#cookie = cookie;
    void this.#stay();
  }

  close(): void {
    this.readyState = this.CLOSED;
    this.#closing.abort();
  }

  /** Reads the stream until it is closed; a cut is no end, a refusal is one. */
  async #stay(): Promise<void> {
    while (this.readyState !== this.CLOSED) {
      try {
        await this.#read();
      } catch {
        // Cut, or nobody is there: the next try tells.
      }
      if (this.#closing.signal.aborted) return;
      if (this.readyState !== this.CLOSED) this.readyState = this.CONNECTING;
      this.dispatchEvent(new Event("error"));
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }

  async #read(): Promise<void> {
    const answer = await fetch(this.#url, {
      headers: {
        accept: "text/event-stream",
        cookie: this.#cookie,
        ...(this.#lastEventId === "" ? {} : { "last-event-id": this.#lastEventId }),
      },
      signal: this.#closing.signal,
    });
    if (!answer.ok || answer.body === null) {
      this.readyState = this.CLOSED;
      return;
    }
    this.readyState = this.OPEN;
    this.dispatchEvent(new Event("open"));
    let rest = "";
    for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + text).split("\n\n");
      // What is not ended by an empty line yet is no event: a cut within it takes it away.
      rest = blocks.pop()!;
      for (const block of blocks) this.#tell(block);
    }
  }

  #tell(block: string): void {
    const fields = new Map(block.split("\n").map((line) => [nameOf(line), line.slice(nameOf(line).length + 2)]));
    this.#lastEventId = fields.get("id") ?? this.#lastEventId;
    const data = fields.get("data");
    if (data === undefined) return;
    this.dispatchEvent(new MessageEvent(fields.get("event") ?? "message", { data, lastEventId: this.#lastEventId }));
  }
}

function nameOf(line: string): string {
  return line.split(":", 1)[0]!;
}
