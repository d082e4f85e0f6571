import { Button } from "@mantine/core";
import type { ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ComponentPropsWithRef } from "react";

type AnchorProps = ButtonProps & Omit<ComponentPropsWithRef<"a">, keyof ButtonProps>;

function ButtonAnchor(props: AnchorProps) {
  return <Button component="a" {...props} />;
}

/** A button that goes to another page: it is a link. Takes the router's `to`, `params` and `search`, typed. */
export const ButtonLink = createLink(ButtonAnchor);
