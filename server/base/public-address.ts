/** Which addresses this server may be sent to by what somebody typed: those of the internet, not those of its own network. */
import { lookup as lookUp } from "node:dns";
import { BlockList, isIP } from "node:net";
import type { LookupFunction } from "node:net";
import { AppError } from "./errors.ts";

/** Everything that is not the internet: this machine, private networks, links, documentation, multicast and what is reserved. */
const inside = new BlockList();
const V4 = [
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
const V6 = [
  "::/96",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "100::/64",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
];
for (const [subnets, family] of [
  [V4, "ipv4"],
  [V6, "ipv6"],
] as const) {
  for (const subnet of subnets) {
    const [network = "", prefix] = subnet.split("/");
    inside.addSubnet(network, Number(prefix), family);
  }
}

/** Whether an address is one of the internet. IPv4 written as IPv6 is judged as IPv4. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return !inside.check(address, family === 4 ? "ipv4" : "ipv6");
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
