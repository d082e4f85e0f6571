import type { CSSVariablesResolver } from "@mantine/core";

const c = (name: string, shade: number) => `var(--mantine-color-${name}-${shade})`;

type Variables = Record<string, string>;

/** The variables of one status: its word, the ground of its chip or banner, its icon, and the banner's line. */
function status(name: string, values: { text: string; ground: string; icon: string; line: string }): Variables {
  return {
    [`--muster-${name}-text`]: values.text,
    [`--muster-${name}-ground`]: values.ground,
    [`--muster-${name}-icon`]: values.icon,
    [`--muster-${name}-line`]: values.line,
  };
}

/** The rungs of a tier ladder: darker upwards on white, paler upwards on black. */
function ladder(shadeOf: (step: number) => number): Variables {
  return Object.fromEntries(
    [3, 4, 5, 6, 7, 8].map((step) => [`--muster-ladder-${step}`, c("mulberry", shadeOf(step))]),
  );
}

const light: Variables = {
  "--mantine-color-body": "#ffffff",
  "--mantine-color-text": c("gray", 9),
  "--mantine-color-bright": c("gray", 9),
  "--mantine-color-dimmed": c("gray", 6),
  "--mantine-color-placeholder": c("gray", 6),
  "--mantine-color-default": "#ffffff",
  "--mantine-color-default-hover": c("gray", 1),
  "--mantine-color-default-color": c("gray", 9),
  "--mantine-color-default-border": c("gray", 4),
  "--mantine-color-anchor": c("mulberry", 7),
  "--mantine-color-error": c("red", 7),
  "--mantine-color-success": c("green", 7),
  "--mantine-color-disabled": c("gray", 1),
  "--mantine-color-disabled-color": c("gray", 6),
  "--mantine-color-disabled-border": c("gray", 3),
  "--muster-sidebar": c("gray", 0),
  "--muster-panel": "#ffffff",
  "--muster-sunken": c("gray", 0),
  "--muster-field": "#ffffff",
  "--muster-field-border": c("gray", 5),
  "--muster-second": c("gray", 7),
  "--muster-line": c("gray", 2),
  "--muster-line-strong": c("gray", 3),
  "--muster-row-hover": c("gray", 1),
  "--muster-row-selected": c("mulberry", 0),
  "--muster-nav-chosen": c("gray", 2),
  "--muster-accent": c("mulberry", 7),
  "--muster-accent-text": c("mulberry", 7),
  "--muster-accent-line": c("mulberry", 3),
  "--muster-focus": c("mulberry", 7),
  "--muster-changed": c("mulberry", 4),
  "--muster-solid": c("gray", 5),
  "--muster-rest": c("gray", 2),
  "--muster-rest-line": c("gray", 5),
  "--muster-remain": c("mulberry", 1),
  "--muster-remain-line": c("mulberry", 5),
  "--muster-unknown": c("amber", 6),
  "--muster-rejected": c("red", 7),
  "--muster-avatar": c("mulberry", 0),
  "--muster-tooltip": c("gray", 8),
  "--muster-tooltip-text": "#ffffff",
  "--muster-tier-low": c("gray", 3),
  ...ladder((step) => step),
  ...status("done", { text: c("green", 7), ground: c("green", 0), icon: c("green", 6), line: c("green", 2) }),
  ...status("running", { text: c("blue", 7), ground: c("blue", 0), icon: c("blue", 6), line: c("blue", 2) }),
  ...status("held", { text: c("amber", 7), ground: c("amber", 0), icon: c("amber", 6), line: c("amber", 2) }),
  ...status("failed", { text: c("red", 7), ground: c("red", 0), icon: c("red", 7), line: c("red", 2) }),
  ...status("quiet", { text: c("gray", 7), ground: c("gray", 1), icon: c("gray", 6), line: c("gray", 3) }),
};

const dark: Variables = {
  "--mantine-color-body": c("dark", 8),
  "--mantine-color-text": c("dark", 0),
  "--mantine-color-bright": c("dark", 0),
  "--mantine-color-dimmed": c("dark", 2),
  "--mantine-color-placeholder": c("dark", 2),
  "--mantine-color-default": c("dark", 8),
  "--mantine-color-default-hover": "#221f23",
  "--mantine-color-default-color": c("dark", 0),
  "--mantine-color-default-border": c("dark", 4),
  "--mantine-color-anchor": c("mulberry", 3),
  "--mantine-color-error": c("red", 3),
  "--mantine-color-success": c("green", 3),
  "--mantine-color-disabled": c("dark", 6),
  "--mantine-color-disabled-color": c("dark", 2),
  "--mantine-color-disabled-border": c("dark", 5),
  "--muster-sidebar": c("dark", 9),
  "--muster-panel": "#1a171b",
  "--muster-sunken": c("dark", 7),
  "--muster-field": c("dark", 6),
  "--muster-field-border": c("gray", 5),
  "--muster-second": c("dark", 1),
  "--muster-line": c("dark", 6),
  "--muster-line-strong": c("dark", 5),
  "--muster-row-hover": "#221f23",
  "--muster-row-selected": "#2d1c28",
  "--muster-nav-chosen": "#221f23",
  "--muster-accent": c("mulberry", 5),
  "--muster-accent-text": c("mulberry", 3),
  "--muster-accent-line": c("mulberry", 6),
  "--muster-focus": c("mulberry", 3),
  "--muster-changed": c("mulberry", 7),
  "--muster-solid": c("dark", 3),
  "--muster-rest": c("dark", 6),
  "--muster-rest-line": c("dark", 4),
  "--muster-remain": "#2d1c28",
  "--muster-remain-line": c("mulberry", 6),
  "--muster-unknown": c("amber", 4),
  "--muster-rejected": c("red", 4),
  "--muster-avatar": "#2d1c28",
  "--muster-tooltip": c("dark", 5),
  "--muster-tooltip-text": c("dark", 0),
  "--muster-tier-low": c("dark", 4),
  ...ladder((step) => 10 - step),
  ...status("done", { text: c("green", 3), ground: "#14251b", icon: c("green", 3), line: c("green", 8) }),
  ...status("running", { text: c("blue", 3), ground: "#122236", icon: c("blue", 4), line: c("blue", 8) }),
  ...status("held", { text: c("amber", 3), ground: "#2c200e", icon: c("amber", 4), line: c("amber", 8) }),
  ...status("failed", { text: c("red", 3), ground: "#331816", icon: c("red", 4), line: c("red", 8) }),
  ...status("quiet", { text: c("dark", 1), ground: c("dark", 6), icon: c("dark", 2), line: c("dark", 5) }),
};

/** Names every role a colour can play, per scheme, so that stylesheets never choose a shade themselves. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    "--muster-fast": "100ms",
    "--muster-dialog-shadow": "0 24px 64px -12px #14101459",
    "--muster-drawer-shadow": "-12px 0 32px -8px #201d202e",
    "--muster-overlay": "#14101470",
  },
  light,
  dark,
});
