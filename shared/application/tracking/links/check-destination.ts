import { Failure } from '#shared/application/failure';
import { CLICK_PARAMETER } from '#shared/domain/tracking/destination';
import { isAddress, isAllowedHost } from '#shared/domain/tracking/destination-hosts';

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The destination in its canonical spelling: international host names in punycode, no dot at the end of the host.
 * `hosts` are those of the programme (`tracking.destinationHosts`); none means any.
 * @throws Failure destination_not_allowed unless it is https (http only on this machine) to a named, allowed host without
 * user name and password
 */
export function checkDestination(destination: string, hosts: readonly string[] = []): string {
  const url = URL.canParse(destination) ? new URL(destination) : undefined;
  const rule = url ? brokenRule(url, hosts) : HTTPS_RULE;
  if (url && rule === undefined) return url.href;
  const detail =
    rule === HOST_RULE
      ? `Send an address under one of the programme's hosts: ${hosts.join(', ')}.`
      : 'Send a full https address of your own shop.';
  throw new Failure('destination_not_allowed', detail, {
    errors: [{ pointer: '/destination', rule: rule ?? HTTPS_RULE }],
  });
}

/** Whether a stored destination is under the hosts that a programme allows now. */
export function isDestinationAllowed(destination: string, hosts: readonly string[]): boolean {
  return URL.canParse(destination) && brokenRule(new URL(destination), hosts) === undefined;
}

const HOST_RULE = "must be under the programme's destination hosts";
const HTTPS_RULE = 'must be an https address without a user name (http only for localhost)';

/** Takes the dot from the end of the host, which names the same machine: a browser would keep cookies apart for it. */
function brokenRule(url: URL, hosts: readonly string[]): string | undefined {
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  const { protocol, hostname, port, username, password } = url;
  const isLocal = LOCAL_HOSTS.has(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocal)) return HTTPS_RULE;
  if (username !== '' || password !== '') return HTTPS_RULE;
  if (hostname.split('.').includes('') || (isAddress(hostname) && !isLocal)) {
    return 'must name its host, not a number or an empty part';
  }
  if (url.searchParams.has(CLICK_PARAMETER)) return `must not carry ${CLICK_PARAMETER}, which each click brings`;
  return isAllowedHost(hostname, port, hosts) ? undefined : HOST_RULE;
}
