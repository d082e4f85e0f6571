import { createContext, useContext, useMemo } from "react";
import type { ReactNode } from "react";
import { permissions, roleHas, roles } from "../../server/access/schema.ts";
import type { ClientDto, Permission, Role } from "../../server/access/schema.ts";

/** The client (tenant) that the address names, with the role the signed-in admin has there. */
export type Client = ClientDto;

export interface ClientContext extends Client {
  /** True when the admin's role is at least `role`. */
  hasRole: (role: Role) => boolean;
  /** True when the admin may do this: `can("seeding:run")`. */
  can: (permission: Permission) => boolean;
  /** Why a control is disabled, or undefined when it is not: give it to `reason` of a button. */
  reasonFor: (permission: Permission) => string | undefined;
}

const ARTICLE: Record<Role, string> = { viewer: "a viewer", operator: "an operator", owner: "an owner" };

/** The sentence for a control that the role does not open; undefined when it does. */
export function reasonFor(client: Pick<Client, "name" | "role">, permission: Permission): string | undefined {
  return roleHas(client.role, permission)
    ? undefined
    : `You are ${ARTICLE[client.role]} of ${client.name}; this needs ${ARTICLE[permissions[permission]]}.`;
}

const Context = createContext<ClientContext | null>(null);

/** Makes a client the present one for everything below it. */
export function ClientProvider({ client, children }: { client: Client; children: ReactNode }) {
  const value = useMemo<ClientContext>(
    () => ({
      ...client,
      hasRole: (role) => roles.indexOf(client.role) >= roles.indexOf(role),
      can: (permission) => roleHas(client.role, permission),
      reasonFor: (permission) => reasonFor(client, permission),
    }),
    [client],
  );
  return <Context value={value}>{children}</Context>;
}

/** The present client. Throws outside of a client's pages, because that is a mistake in the program. */
export function useClient(): ClientContext {
  const client = useContext(Context);
  if (client === null) {
    throw new Error("useClient is called outside of a client's pages");
  }
  return client;
}
