import type { Client } from "../lib/client.tsx";
import { textOn } from "../lib/contrast.ts";
import classes from "./client-switcher.module.css";

/** The square with the client's letter, in the client's own colour. */
export function ClientLetter({ client }: { client: Pick<Client, "name" | "primaryColor"> }) {
  return (
    <span
      aria-hidden
      className={classes.letter}
      style={{ background: client.primaryColor, color: textOn(client.primaryColor) }}
    >
      {client.name.slice(0, 1).toUpperCase()}
    </span>
  );
}
