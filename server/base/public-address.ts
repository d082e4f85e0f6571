/** Which addresses this server may be sent to by what somebody typed: those of the internet, not those of its own network. */
import { lookup as lookUp } from "node:dns";
import { BlockList, isIP } from "node:net";
import type { LookupFunction } from "node:net";
import { AppError } from "./errors.ts";

/** Everything of IPv4 that is not the internet: IANA's special-purpose registry, multicast and what is reserved. */
const PRIVATE_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
];
/** Of IPv6 only 2000::/3 is public at all; within it these are not, or carry an IPv4 address inside. */
const PRIVATE_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const privateV4 = blockList(PRIVATE_V4, "ipv4");
const publicV6 = blockList(["2000::/3"], "ipv6");
const privateV6 = blockList(PRIVATE_V6, "ipv6");

function blockList(subnets: readonly string[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = "", prefix] = subnet.split("/");
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}

/**
 * Whether an address is one of the internet. An IPv4 address in IPv6 clothes (::ffff:10.0.0.1) is outside of 2000::/3 and refused
 * with the rest.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !privateV4.check(address, "ipv4");
  return family === 6 && publicV6.check(address, "ipv6") && !privateV6.check(address, "ipv6");
}

/**
 * Reads an address that the server is to call. Throws `bad_request`, naming `field`, unless it is https to a name or number of
 * the internet, without a password in it. `allowsPrivate` (MUSTER_ALLOW_PRIVATE_SOURCES) lets http and the own network pass.
 */
export function readPublicUrl(text: string, { allowsPrivate, field }: { allowsPrivate: boolean; field: string }): URL {
  const refuse = (message: string) => new AppError("bad_request", message, { field });
  const url = URL.parse(text);
  if (url === null) throw refuse("An address such as https://hooks.example.com/muster.");
  if (url.username !== "" || url.password !== "") throw refuse("The address must not hold a user name or password.");
  if (allowsPrivate && url.protocol === "http:") return url;
  if (url.protocol !== "https:") throw refuse("The address must begin with https://.");
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const isNumber = isIP(host) !== 0;
  const isInside = isNumber ? !isPublicAddress(host) : /(^|\.)(localhost|local|internal|home\.arpa)$/i.test(host);
  if (isInside && !allowsPrivate) throw refuse("The address lies in a private network, which is not called.");
  return url;
}

/**
 * A look-up for `https.request` that answers public addresses alone: judged at the moment of the connection, so a name that
 * changes its address between check and use gains nothing.
 */
export function publicLookup(allowsPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, "", 0);
      const usable = addresses.filter(({ address }) => allowsPrivate || isPublicAddress(address));
      const [first] = usable;
      if (first === undefined) {
        const refusal: NodeJS.ErrnoException = new Error(`${hostname} lies in a private network, which is not called`);
        refusal.code = "EPRIVATE";
        return callback(refusal, "", 0);
      }
      if (options.all === true) return callback(null, usable);
      return callback(null, first.address, first.family);
    });
  };
}
