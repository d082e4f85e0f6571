import { lazyRouteComponent } from "@tanstack/react-router";
import type { RouteComponent } from "@tanstack/react-router";
import type { ComponentType } from "react";

/**
 * A page loaded when its route is first opened. The module is typed as `unknown` on purpose: a page asks for the
 * router's types, and the router's type must not in turn depend on the page's.
 */
export function lazyPage<Name extends string>(
  load: () => Promise<Record<NoInfer<Name>, unknown>>,
  name: Name,
): RouteComponent {
  return lazyRouteComponent(async () => ({ default: (await load())[name] as ComponentType }));
}
