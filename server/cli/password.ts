import { stderr } from "node:process";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { ReadStream } from "node:tty";
import { AppError } from "../base/errors.ts";

/** Asks at a terminal, showing nothing of what is typed; otherwise the first line of the input is the password. */
export async function askPassword(stdin: Readable, question: string): Promise<string> {
  const password = stdin instanceof ReadStream ? await typed(stdin, question) : (await text(stdin)).split(/\r?\n/)[0]!;
  if (password === "") throw new AppError("bad_request", "No password was given; nothing was changed.");
  return password;
}

const ENTER = new Set(["\r", "\n", "\u0004"]);
const BACK = new Set(["\b", "\u007f"]);
const CTRL_C = "\u0003";

function typed(stdin: ReadStream, question: string): Promise<string> {
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  stdin.resume();
  return new Promise((done, fail) => {
    let password = "";
    const end = (finish: () => void) => {
      stdin.off("data", onData);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write("\n");
      finish();
    };
    const onData = (chunk: string) => {
      for (const key of chunk) {
        if (ENTER.has(key)) return end(() => done(password));
        if (key === CTRL_C) return end(() => fail(new AppError("bad_request", "Stopped; nothing was changed.")));
        password = BACK.has(key) ? password.slice(0, -1) : password + key;
      }
    };
    stdin.on("data", onData);
  });
}
