import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, expect, it } from "vitest";
import { sendMail } from "./mail.ts";

let server: Server | null = null;
afterEach(() => void server?.close());

/** A mail server that speaks as much as one mail needs, answers `reply` to recipients, and keeps what it heard. */
async function aMailServer(reply = "250 ok"): Promise<{ url: string; heard: string[] }> {
  const heard: string[] = [];
  server = createServer((socket) => {
    let isData = false;
    let rest = "";
    socket.write("220 here\r\n");
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      const lines = `${rest}${chunk.toString()}`.split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        heard.push(line);
        if (isData && line !== ".") continue;
        isData = line === "DATA";
        const answer = line.startsWith("RCPT") ? reply : isData ? "354 go on" : line === "QUIT" ? "221 bye" : "250 ok";
        socket.write(`${answer}\r\n`);
      }
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

const message = { to: "ada@example.com", subject: "Luma: sync 12 failed", text: "Step 7 failed.", id: "event-1" };

it("a mail goes out as plain text under the event's id", async () => {
  const { url, heard } = await aMailServer();
  expect(await sendMail({ url, from: "muster@example.com" }, message)).toEqual({ statusCode: 250, error: null });
  expect(heard).toContain("RCPT TO:<ada@example.com>");
  expect(heard).toContain("Subject: Luma: sync 12 failed");
  expect(heard).toContain("Message-ID: <event-1@muster>");
  expect(heard).toContain("Step 7 failed.");
});

it("a refusal is told with its code, and a server that is not there without one", async () => {
  const { url } = await aMailServer("550 no such person");
  const refused = await sendMail({ url, from: "muster@example.com" }, message);
  expect(refused).toMatchObject({ statusCode: 550, error: expect.stringContaining("no such person") as string });
  const gone = await sendMail({ url: "smtp://127.0.0.1:1", from: "muster@example.com" }, message);
  expect(gone).toMatchObject({ statusCode: null, error: expect.stringContaining("ECONNREFUSED") as string });
});
