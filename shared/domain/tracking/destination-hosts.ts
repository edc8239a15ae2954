/** A host as a browser's URL parser writes it: lower case, international names in punycode. */
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const MAX_HOST_LENGTH = 253;
const MAX_PORT = 65_535;

/**
 * Whether a programme may name this as an allowed host: `shop.example`, `shop.example:8443`, or `*.shop.example` for every
 * host below it. No bare top level (`*.com` would allow half the web), no address of numbers.
 */
export function isHostPattern(pattern: string): boolean {
  const [host, port, ...more] = pattern.replace(/^\*\./, '').split(':');
  if (host === undefined || more.length > 0) return false;
  if (port !== undefined && !(/^[1-9]\d{0,4}$/.test(port) && Number(port) <= MAX_PORT)) return false;
  if (host === 'localhost') return !pattern.startsWith('*');
  const labels = host.split('.');
  if (host.length > MAX_HOST_LENGTH || labels.length < 2 || isAddress(host)) return false;
  return labels.every((label) => LABEL.test(label));
}

/** Whether a host is written as a number instead of a name: IPv6 stands in brackets, IPv4 ends in a number. */
export function isAddress(host: string): boolean {
  return host.startsWith('[') || /(^|\.)(\d+|0x[0-9a-f]*)$/i.test(host);
}

/**
 * Whether a host is one of those allowed; an empty list allows every one. A port has to be named in the list, unless it is
 * the scheme's own (`port` is empty then). `*.shop.example` does not allow `shop.example` itself.
 */
export function isAllowedHost(host: string, port: string, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  const suffix = port === '' ? '' : `:${port}`;
  return allowed.some((pattern) =>
    pattern.startsWith('*.')
      ? `${host}${suffix}`.endsWith(pattern.slice(1)) && host.length + suffix.length > pattern.length - 1
      : `${host}${suffix}` === pattern,
  );
}
