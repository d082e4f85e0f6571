import { createLink } from "@tanstack/react-router";
import type { ComponentPropsWithRef } from "react";
import { cx } from "./cx.ts";
import classes from "./link.module.css";

function AccentAnchor({ className, ...rest }: ComponentPropsWithRef<"a">) {
  return <a {...rest} className={cx(classes.accent, className)} />;
}

function RowAnchor({ className, ...rest }: ComponentPropsWithRef<"a">) {
  return <a {...rest} className={cx(classes.row, className)} />;
}

/** A link inside text: accent with a fine line under it. Takes the router's `to`, `params` and `search`, typed. */
export const TextLink = createLink(AccentAnchor);

/** The link of a table's first column: weight 500, no colour of its own. */
export const RowLink = createLink(RowAnchor);

/** A link that leaves the console; opens in a new tab without telling the other side where it came from. */
export function OutsideLink({ className, ...rest }: ComponentPropsWithRef<"a">) {
  return <a {...rest} target="_blank" rel="noreferrer" className={cx(classes.accent, className)} />;
}

/** A button that reads as a link inside text, for things that happen on this page. */
export function TextButton({ className, ...rest }: ComponentPropsWithRef<"button">) {
  return <button type="button" {...rest} className={cx(classes.accent, classes.button, className)} />;
}
