import type { KeyboardEvent } from "react";

const STEPS: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** From a focused cell the arrow keys go to its neighbours; at the edge they stay. */
export function moveInGrid(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  const from = event.target instanceof HTMLElement ? event.target.closest("[data-cell]") : null;
  const row = from?.closest("tr");
  if (step === undefined || from === null || row === null || row === undefined || event.altKey) {
    return;
  }
  const rows = [...event.currentTarget.querySelectorAll("tbody tr")];
  const next = rows[rows.indexOf(row) + step[0]];
  const at = cellsOf(row).indexOf(from) + step[1];
  const target = next === undefined ? undefined : cellsOf(next)[at];
  event.preventDefault();
  if (target instanceof HTMLElement) {
    target.focus();
  }
}

function cellsOf(row: Element): Element[] {
  return [...row.querySelectorAll("[data-cell]")];
}
