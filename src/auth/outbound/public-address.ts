import { BlockList, isIP } from 'node:net';

/** IANA special-purpose registries: everything that is not the public internet. */
const RANGES = `
  0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24
  192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`;

const NOT_PUBLIC = new BlockList();
for (const range of RANGES.trim().split(/\s+/)) {
  const [network, bits] = range.split('/') as [string, string];
  NOT_PUBLIC.addSubnet(network, Number(bits), 'ipv4');
}

/** Of IPv6 only global unicast (2000::/3) is public, less the parts of it that embed or stand for something else. */
const GLOBAL_UNICAST = new BlockList();
GLOBAL_UNICAST.addSubnet('2000::', 3, 'ipv6');
const EMBEDDED = new BlockList();
for (const [network, bits] of [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]] as const) EMBEDDED.addSubnet(network, bits, 'ipv6');

/** May the server connect to this IP address on behalf of a stranger? */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !NOT_PUBLIC.check(address, 'ipv4');
  return family === 6 && GLOBAL_UNICAST.check(address, 'ipv6') && !EMBEDDED.check(address, 'ipv6');
}
