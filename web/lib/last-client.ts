const KEY = "muster-client";

/** Remembers the client whose pages were opened last, for the next visit in this browser. */
export function rememberClient(subdomain: string): void {
  localStorage.setItem(KEY, subdomain);
}

/** The client to begin with: the one opened last where the admin still may, else the first; undefined when there is none. */
export function firstClient<Client extends { subdomain: string }>(clients: readonly Client[]): Client | undefined {
  const last = localStorage.getItem(KEY);
  return clients.find((client) => client.subdomain === last) ?? clients[0];
}
