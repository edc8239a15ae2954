import { Failure } from '#shared/application/failure';

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The destination in its canonical spelling.
 * @throws Failure destination_not_allowed unless it is https (http only on this machine) without user name and password
 */
export function checkDestination(destination: string): string {
  const url = URL.canParse(destination) ? new URL(destination) : undefined;
  const isAllowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL_HOSTS.has(url.hostname));
  if (url && isAllowed && url.username === '' && url.password === '') return url.href;
  throw new Failure('destination_not_allowed', 'Send a full https address of your own shop.', {
    errors: [
      { pointer: '/destination', rule: 'must be an https address without a user name (http only for localhost)' },
    ],
  });
}
