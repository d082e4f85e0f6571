import { useState } from "react";
import { awaitsTyping } from "../typed-confirmation.tsx";

/** The number that has to be typed before very many rows are written; another plan has to be typed anew. */
export function useTyping(planId: string | null | undefined, rows: number) {
  const [{ text, of }, setTyped] = useState<{ text: string; of: string | null | undefined }>({ text: "", of: planId });
  const typed = of === planId ? text : "";
  return {
    typed,
    type: (value: string) => setTyped({ text: value, of: planId }),
    isLeft: awaitsTyping(rows, typed),
  };
}
