import { IconAlertTriangle, IconKeyboard, IconSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import type { ReactNode } from "react";
import { useClient } from "../lib/client.tsx";
import { formatCount } from "../lib/numbers.ts";
import { cx } from "../ui/cx.ts";
import { Logo } from "../ui/logo.tsx";
import { StatusIcon } from "../ui/status.tsx";
import { KeyHint } from "../ui/text.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { ClientSwitcher } from "./client-switcher.tsx";
import { routeOf, SECTIONS } from "./navigation.ts";
import type { Section } from "./navigation.ts";
import classes from "./sidebar.module.css";
import { useClaimable, useFreshness, useOpenFindings } from "./use-status.ts";

const GROUPS = [null, "Pipeline", "Programme"] as const;

interface Props {
  onHelp: () => void;
  /** On the phone the sidebar is a drawer, and holds what the header has no room for. */
  onSearch?: (() => void) | undefined;
  isDrawer?: boolean | undefined;
}

/** Client switcher, sections, shortcuts. */
export function Sidebar({ onHelp, onSearch, isDrawer = false }: Props) {
  const { subdomain } = useClient();
  const badges = useBadges();
  return (
    <div className={cx(classes.sidebar, isDrawer && classes.roomy)}>
      <Link to="/c/$client" params={{ client: subdomain }} className={classes.brand}>
        <Logo />
        Muster
      </Link>
      <ClientSwitcher />
      {onSearch === undefined ? null : (
        <button type="button" className={classes.item} onClick={onSearch}>
          <IconSearch size={16} stroke={1.75} aria-hidden />
          Search or do
        </button>
      )}
      <nav className={classes.nav} aria-label="Sections">
        {GROUPS.map((group) => (
          <Fragment key={group ?? "first"}>
            {group === null ? null : <h2 className={classes.group}>{group}</h2>}
            <ul className={classes.list}>
              {SECTIONS.filter((section) => section.group === group).map((section) => (
                <li key={section.path}>
                  <SectionLink section={section} badge={badges[section.path]} />
                </li>
              ))}
            </ul>
          </Fragment>
        ))}
      </nav>
      <div className={classes.foot}>
        {isDrawer ? (
          <span className={classes.account}>
            <AccountMenu withName />
          </span>
        ) : null}
        <button type="button" className={classes.item} onClick={onHelp}>
          <IconKeyboard size={16} stroke={1.75} aria-hidden />
          Shortcuts
          <span className={classes.badge}>
            <KeyHint keys={["?"]} />
          </span>
        </button>
      </div>
    </div>
  );
}

function SectionLink({ section, badge }: { section: Section; badge: ReactNode }) {
  const { subdomain } = useClient();
  const { icon: SectionIcon } = section;
  return (
    <Link
      to={routeOf(section.path)}
      params={{ client: subdomain }}
      activeOptions={{ exact: section.path === "", includeSearch: false }}
      className={classes.item}
      activeProps={{ className: cx(classes.item, classes.chosen) }}
    >
      <SectionIcon size={16} stroke={1.75} aria-hidden />
      {section.name}
      {badge === undefined ? null : <span className={classes.badge}>{badge}</span>}
    </Link>
  );
}

/** What the sections tell of themselves: rewards to be claimed, a live run, findings that ask for a decision. */
function useBadges(): Partial<Record<Section["path"], ReactNode>> {
  const freshness = useFreshness();
  const findings = useOpenFindings();
  const claimable = useClaimable();
  const isLive = (freshness.data?.runningNumber ?? null) !== null;
  return {
    ...(claimable === undefined || claimable === 0 ? {} : { "/redemptions": formatCount(claimable) }),
    ...(isLive
      ? {
          "/sync": (
            <span className={classes.live}>
              <StatusIcon status="running" size={14} />
              live
            </span>
          ),
        }
      : {}),
    ...(findings === undefined || findings === 0
      ? {}
      : {
          "/health": (
            <span className={classes.findings} aria-label={`${findings} findings`} role="img">
              <IconAlertTriangle size={14} stroke={1.75} aria-hidden />
              {findings}
            </span>
          ),
        }),
  };
}
