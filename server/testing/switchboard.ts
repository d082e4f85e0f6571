/** One address in front of several servers, as a load balancer is: every new connection goes to the one that is chosen. */
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

export class Switchboard {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  #port: number | null = null;

  private constructor(server: Server) {
    this.#server = server.on("connection", (browser) => this.#join(browser));
  }

  static async start(): Promise<Switchboard> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Switchboard(server);
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Chooses the server for what connects from now on; null: nobody is there. Connections that stand, stay. */
  leadTo(address: string | null): void {
    this.#port = address === null ? null : Number(new URL(address).port);
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
    await once(this.#server, "close");
  }

  #join(browser: Socket): void {
    if (this.#port === null) {
      browser.destroy();
      return;
    }
    const server = connect(this.#port, "127.0.0.1");
    const sockets = [browser, server];
    for (const socket of sockets) {
      this.#open.add(socket);
      // Of two ends that are joined, one that goes takes the other along, however it went.
      socket.on("error", () => undefined);
      socket.once("close", () => {
        this.#open.delete(socket);
        for (const other of sockets) other.destroy();
      });
    }
    browser.pipe(server);
    server.pipe(browser);
  }
}
