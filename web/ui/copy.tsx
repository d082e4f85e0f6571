import { Button, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import classes from "./copy.module.css";

/** A sentence ready to be sent, in a sunken frame, with its Copy button. */
export function CopySentence({ text }: { text: string }) {
  return (
    <div className={classes.box}>
      <p className={classes.text}>{text}</p>
      <CopyAction text={text} label="Copy" />
    </div>
  );
}

/** A button that copies a text and says so for two seconds. */
export function CopyAction({ text, label }: { text: string; label: string }) {
  return (
    <CopyButton value={text} timeout={2000}>
      {({ copied, copy }) => (
        <Button
          onClick={copy}
          leftSection={
            copied ? (
              <IconCheck size={16} stroke={1.75} aria-hidden />
            ) : (
              <IconCopy size={16} stroke={1.75} aria-hidden />
            )
          }
        >
          <span aria-live="polite">{copied ? "Copied" : label}</span>
        </Button>
      )}
    </CopyButton>
  );
}
