import { shortcutLabel, SHORTCUTS } from "../lib/shortcuts.ts";
import { Dialog } from "../ui/dialog.tsx";
import { KeyHint } from "../ui/text.tsx";
import classes from "./shortcut-help.module.css";

/** Every shortcut of the console. */
export function ShortcutHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Shortcuts" width={440}>
      <dl className={classes.list}>
        {SHORTCUTS.map((shortcut) => (
          <div key={shortcut.keys} className={classes.row}>
            <dt>
              <KeyHint keys={shortcutLabel(shortcut.keys)} />
            </dt>
            <dd className={classes.does}>{shortcut.does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
