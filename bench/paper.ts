/** What the bench's pictures are drawn on: SVG without any library. */

export const WIDTH = 960;
export const LEFT = 70;
/** Told apart also by those who see few colours: the names stand beside the ends of the lines, in their order. */
export const COLOURS = ["#1b5e9e", "#c2410c", "#15803d", "#7e22ce", "#a16207", "#0f766e", "#be123c", "#475569"];
const LINE_HEIGHT = 16;

/** A picture of this height and these parts; `label` is read out in its place. */
export function paper(height: number, label: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12" role="img" aria-label="${label}">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

/** Names that would lie on each other move apart, in the order of their places and none above `top`. */
export function spread(places: readonly number[], top = -Infinity): number[] {
  const moved = [...places];
  let lowest = top - LINE_HEIGHT;
  for (const index of places.map((_, place) => place).toSorted((a, b) => places[a]! - places[b]!)) {
    lowest = Math.max(moved[index]!, lowest + LINE_HEIGHT);
    moved[index] = lowest;
  }
  return moved;
}
