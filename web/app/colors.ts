import type { MantineColorsTuple } from "@mantine/core";

/** The accent. It is none of the status colours, so a coloured thing is either ours or a status, never both. */
const mulberry: MantineColorsTuple = [
  "#fdf2f8",
  "#fae4f1",
  "#f6cae4",
  "#eea7d3",
  "#df7cbc",
  "#c654a1",
  "#a93a86",
  "#8b2a6e",
  "#6d2156",
  "#4d173c",
];
const gray: MantineColorsTuple = [
  "#faf9fb",
  "#f5f3f5",
  "#eae8ea",
  "#dad8db",
  "#bcb9bd",
  "#8e8b8f",
  "#6e6a6f",
  "#535054",
  "#373438",
  "#201d20",
];
const dark: MantineColorsTuple = [
  "#dfdde0",
  "#bfbcc0",
  "#9d9a9e",
  "#777377",
  "#524e53",
  "#393539",
  "#29262a",
  "#1d1b1e",
  "#151216",
  "#0e0b0e",
];
const green: MantineColorsTuple = [
  "#ecfaf0",
  "#d7f4e0",
  "#b2e8c4",
  "#84d6a2",
  "#56bb7f",
  "#389a63",
  "#2a7e4f",
  "#1f663f",
  "#175030",
  "#113821",
];
const blue: MantineColorsTuple = [
  "#eff7ff",
  "#ddedff",
  "#bedcff",
  "#94c5fd",
  "#63a7f2",
  "#3587db",
  "#136dbf",
  "#02579e",
  "#07447c",
  "#053058",
];
const amber: MantineColorsTuple = [
  "#fff4e7",
  "#ffe7ca",
  "#ffd096",
  "#f6b254",
  "#da921f",
  "#b47607",
  "#935f05",
  "#774c03",
  "#5e3b04",
  "#412905",
];
const red: MantineColorsTuple = [
  "#fff3f1",
  "#ffe4e0",
  "#ffcbc4",
  "#fba89e",
  "#f27a6f",
  "#dc4d45",
  "#bc332e",
  "#9b2421",
  "#7a1c19",
  "#571310",
];

/** Every scale of the console. Green, blue, amber and red mean a status and nothing else. */
export const colors = { mulberry, gray, dark, green, blue, amber, red };
