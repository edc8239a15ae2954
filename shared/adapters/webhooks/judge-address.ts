import ipaddr from 'ipaddr.js';

/** Global unicast addresses of IPv6 lie in 2000::/3 (IANA); everything else is special, or not given out. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** As a resolver writes it: other spellings (octal, hex, fewer parts) come from nobody who means well. */
const DOTTED = /^\d{1,3}(\.\d{1,3}){3}$/;

/**
 * Whether an address is one of the public internet. Private, loopback, link-local (which holds the metadata services), shared
 * (CGNAT), multicast and reserved ones are not, nor is an IPv6 address that stands for an IPv4 one (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  if (DOTTED.test(address))
    return ipaddr.IPv4.isValidFourPartDecimal(address) && ipaddr.IPv4.parse(address).range() === 'unicast';
  if (!ipaddr.IPv6.isValid(address) || address.includes('%')) return false;
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.range() === 'unicast' && parsed.match(GLOBAL_UNICAST);
}
