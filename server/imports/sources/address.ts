/** Which addresses a file may be fetched from: those of the public internet, unless this installation says otherwise. */
import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "../../base/public-address.ts";

/** Thrown for a name that leads into a private network. */
export class PrivateAddress extends Error {}

/**
 * A lookup for `https.request`: the address it answers is the one that is connected to, so a name cannot be resolved once for the
 * check and another time for the connection (DNS rebinding). One private address among several refuses the name.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    const hidden = addresses.find(({ address }) => !isPublicAddress(address));
    if (hidden !== undefined || addresses.length === 0) return callback(new PrivateAddress(hostname), []);
    if (options.all === true) return callback(null, addresses);
    return callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};

/** The host of an address as a bare IP, or null where it is a name, which is looked at when it is resolved. */
export function literalOf(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return isIP(host) === 0 ? null : host;
}
