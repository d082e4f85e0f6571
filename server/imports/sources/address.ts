/** Which addresses a file may be fetched from: those of the public internet, unless this installation says otherwise. */
import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Everything of IPv4 that is not public (IANA's special-purpose registry), with multicast and the rest. */
const PRIVATE_V4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const;
/** Of IPv6 only 2000::/3 is public at all; within it these are not, or carry an IPv4 address inside. */
const PRIVATE_V6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const privateV4 = new BlockList();
for (const [net, bits] of PRIVATE_V4) privateV4.addSubnet(net, bits, "ipv4");
const publicV6 = new BlockList();
publicV6.addSubnet("2000::", 3, "ipv6");
const privateV6 = new BlockList();
for (const [net, bits] of PRIVATE_V6) privateV6.addSubnet(net, bits, "ipv6");

/** True for an IP address that anybody on the internet could be reached under. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !privateV4.check(address, "ipv4");
  if (family !== 6) return false;
  // An IPv4 address in IPv6 clothes (::ffff:10.0.0.1) is outside of 2000::/3 and refused with the rest.
  return publicV6.check(address, "ipv6") && !privateV6.check(address, "ipv6");
}

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
