/** A stored destination, taken apart once, so that a redirect only joins texts. */
export type Destination = {
  readonly origin: string;
  readonly beforeHash: string;
  readonly hash: string;
  readonly hasQuery: boolean;
};

/** The parameter that carries the click token to the landing page. */
export const CLICK_PARAMETER = 'ts_click';

export function splitDestination(destination: string): Destination {
  const hashAt = destination.indexOf('#');
  const beforeHash = hashAt < 0 ? destination : destination.slice(0, hashAt);
  return {
    origin: /^[a-z]+:\/\/[^/?#]+/i.exec(destination)?.[0] ?? '',
    beforeHash,
    hash: hashAt < 0 ? '' : destination.slice(hashAt),
    hasQuery: beforeHash.includes('?'),
  };
}

/** `token` is base64url and `parameters` are encoded already: nothing here can start a new header or host. */
export function joinDestination(to: Destination, parameters: string, token: string | undefined): string {
  const click = token === undefined ? '' : `${CLICK_PARAMETER}=${token}`;
  const query = parameters === '' || click === '' ? parameters + click : `${parameters}&${click}`;
  if (query === '') return to.beforeHash + to.hash;
  return `${to.beforeHash}${to.hasQuery ? '&' : '?'}${query}${to.hash}`;
}

const MAX_DEEP_PATH_LENGTH = 1_024;
/** Path characters of RFC 3986, and `?` with its query; no backslash, control character or second leading slash. */
const DEEP_PATH = /^\/(?!\/)[A-Za-z0-9\-._~!$&'()*+,;=:@%/?]*$/;

/** The destination with another path on the same host; `undefined` when `path` is not a plain path. */
export function deepDestination(to: Destination, path: string): Destination | undefined {
  if (path.length > MAX_DEEP_PATH_LENGTH || !DEEP_PATH.test(path) || to.origin === '') return undefined;
  // A token in the path, however its name is encoded, would stand before the one that is given out and be read in its place.
  const plain = path.replace(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  if (plain.includes(CLICK_PARAMETER)) return undefined;
  return { origin: to.origin, beforeHash: to.origin + path, hash: '', hasQuery: path.includes('?') };
}
