import { createContext, useContext } from "react";
import type { ReactNode } from "react";
import { Logo } from "../ui/logo.tsx";
import classes from "./error-pages.module.css";

/** True inside the shell, which has the page's one main. */
export const InShell = createContext(false);

/** Gives a page that may stand inside the shell or alone its main and the logo, where nothing else does. */
export function Frame({ children }: { children: ReactNode }) {
  if (useContext(InShell)) {
    return children;
  }
  return (
    <main className={classes.alone}>
      <Logo size={32} title="Muster" />
      {children}
    </main>
  );
}
