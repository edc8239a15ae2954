import { isIP } from 'node:net';
import type { JudgeTarget } from '#shared/application/notifications/webhooks/webhook-ports';

const MAX_URL_LENGTH = 2_048;
const HTTPS_PORT = 443;
/** Below it live other services than web servers (mail, names, remote shells), which must not be made to answer. */
const FIRST_FREE_PORT = 1_024;
/** Names that mean something only inside a network (RFC 6761, 6762, 8375; `.internal` is reserved by ICANN). */
const INSIDE = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|corp|test|invalid|onion)$/;

/**
 * Whether an address may be called, and in which form: https, a host's name instead of an address, port 443 or from 1024 on, no
 * credentials. URL turns other spellings of addresses (decimal, octal, hex) into dotted ones and names into ASCII before they are
 * judged. `trialOrigin` alone is let through as it is: a receiver on this machine.
 */
export function makeJudgeTarget({ trialOrigin }: { readonly trialOrigin: string }): JudgeTarget {
  return (text) => {
    if (text.length > MAX_URL_LENGTH) return { refusal: `must have at most ${MAX_URL_LENGTH} characters` };
    const url = URL.parse(text);
    if (!url) return { refusal: 'must be a URL such as https://shop.example.com/webhooks' };
    const refusal = refusalOf(url, trialOrigin !== '' && url.origin === trialOrigin);
    return refusal === undefined ? { url: url.href } : { refusal };
  };
}

function refusalOf(url: URL, isTrial: boolean): string | undefined {
  if (url.username !== '' || url.password !== '') return 'must not hold credentials';
  if (url.hash !== '') return 'must not have a fragment';
  if (isTrial) return undefined;
  if (url.protocol !== 'https:') return 'must begin with https://';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return 'must name a host, not an address';
  if (!host.includes('.') || host.endsWith('.') || INSIDE.test(host)) {
    return 'must name a host of the public internet';
  }
  const port = url.port === '' ? HTTPS_PORT : Number(url.port);
  if (port !== HTTPS_PORT && port < FIRST_FREE_PORT) return 'must use port 443, or one from 1024 on';
  return undefined;
}
