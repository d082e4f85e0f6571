/// <reference types="vite/client" />

import "react";

declare module "react" {
  // Custom properties are how a component hands a size to its stylesheet.
  interface CSSProperties {
    [variable: `--${string}`]: string | number | undefined;
  }
}
