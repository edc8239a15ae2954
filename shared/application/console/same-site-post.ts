/**
 * Whether a request that changes something comes from a page of this installation, by what browsers say of it and pages cannot set:
 * `Sec-Fetch-Site` where it is sent (W3C Fetch Metadata), and `Origin`, which every browser sends with a POST (RFC 6454). A request
 * with neither comes from no browser of today and is refused. The token of the session is checked as well: each alone would do.
 * Header names in lower case.
 */
export function isSameSitePost(headers: Readonly<Record<string, string | undefined>>, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  // `none` is somebody who typed an address, which posts nothing; `same-site` is a neighbouring host, which is not this one.
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin } = headers;
  if (origin === undefined) return site === 'same-origin';
  return origin === new URL(publicUrl).origin;
}
