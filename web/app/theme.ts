import { createTheme, rem } from "@mantine/core";
import type {
  ActionIconProps,
  ButtonProps,
  CheckboxProps,
  DrawerProps,
  InputProps,
  LoaderProps,
  MenuProps,
  ModalProps,
  PopoverProps,
  SegmentedControlProps,
  SelectProps,
  SwitchProps,
  TooltipProps,
} from "@mantine/core";
import { colors } from "./colors.ts";

const MENU_SHADOW = "0 4px 12px -2px #201d201f";
const overlay = { color: "#141014", backgroundOpacity: 0.44 };

/** What `Button.extend` and its like do, without naming the component: so a first visit loads none that its page does not use. */
function byDefault<Props>(defaultProps: Partial<Props>): { defaultProps: Partial<Props> } {
  return { defaultProps };
}

const components = {
  // Outlined is the rule, filled the one exception of a page: a primary action says variant="filled" itself.
  Button: byDefault<ButtonProps>({ size: "sm", variant: "default" }),
  ActionIcon: byDefault<ActionIconProps>({ size: 28, variant: "subtle", color: "gray" }),
  Input: byDefault<InputProps>({ size: "sm" }),
  Checkbox: byDefault<CheckboxProps>({ size: "xs", radius: "sm" }),
  Switch: byDefault<SwitchProps>({ size: "sm", withThumbIndicator: false }),
  SegmentedControl: byDefault<SegmentedControlProps>({ size: "xs", transitionDuration: 100 }),
  Loader: byDefault<LoaderProps>({ size: 16 }),
  Select: byDefault<SelectProps>({ checkIconPosition: "right", allowDeselect: false }),
  Tooltip: byDefault<TooltipProps>({
    openDelay: 300,
    transitionProps: { duration: 100 },
    events: { hover: true, focus: true, touch: true },
  }),
  // The focus goes to the first item; the empty element Mantine would focus instead is no child a menu may have.
  Menu: byDefault<MenuProps>({
    shadow: "md",
    radius: "md",
    transitionProps: { duration: 100 },
    withInitialFocusPlaceholder: false,
  }),
  Popover: byDefault<PopoverProps>({ shadow: "md", radius: "md", transitionProps: { duration: 100 } }),
  Modal: byDefault<ModalProps>({
    centered: true,
    size: 600,
    radius: "lg",
    shadow: "lg",
    overlayProps: overlay,
    transitionProps: { duration: 120, transition: "fade", timingFunction: "ease-out" },
  }),
  Drawer: byDefault<DrawerProps>({
    position: "right",
    size: 480,
    radius: 0,
    shadow: "xl",
    transitionProps: { duration: 140, timingFunction: "ease-out" },
  }),
};

/** The one theme of the console: exact sizes, one accent, weights 400, 500 and 600 only. */
export const theme = createTheme({
  colors,
  primaryColor: "mulberry",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: false,
  black: "#201d20",
  white: "#ffffff",
  fontFamily: "'IBM Plex Sans Variable', ui-sans-serif, system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: rem(12), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(22) },
  lineHeights: { xs: "1.3334", sm: "1.5385", md: "1.4286", lg: "1.5", xl: "1.2728" },
  fontWeights: { regular: "400", medium: "500", bold: "600" },
  spacing: { xs: rem(4), sm: rem(8), md: rem(12), lg: rem(16), xl: rem(24) },
  radius: { xs: rem(2), sm: rem(4), md: rem(6), lg: rem(8), xl: rem(8) },
  defaultRadius: "md",
  shadows: {
    xs: "none",
    sm: "none",
    md: MENU_SHADOW,
    lg: "var(--muster-dialog-shadow)",
    xl: "var(--muster-drawer-shadow)",
  },
  headings: {
    fontFamily: "'IBM Plex Sans Variable', ui-sans-serif, system-ui, sans-serif",
    fontWeight: "600",
    sizes: {
      h1: { fontSize: rem(22), lineHeight: "1.2728" },
      h2: { fontSize: rem(16), lineHeight: "1.5" },
      h3: { fontSize: rem(14), lineHeight: "1.4286" },
      h4: { fontSize: rem(13), lineHeight: "1.5385" },
      h5: { fontSize: rem(13), lineHeight: "1.5385" },
      h6: { fontSize: rem(12), lineHeight: "1.3334" },
    },
  },
  respectReducedMotion: true,
  cursorType: "pointer",
  components,
});
