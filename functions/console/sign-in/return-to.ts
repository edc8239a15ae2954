const HOME = '/console';
const MAX_LENGTH = 2_000;
/** Pages that lead into a sign-in or out of one: nothing to come back to. */
const PASSAGES = /^\/console\/(sign-in|signed-in|sign-out|signed-out)(\/|$)/;

/**
 * Where a person goes after signing in: a page of the console of this installation, or its first page. Never another host, however it
 * is written (CWE-601): what counts is what a browser makes of the address, and only path and query of that are kept.
 */
export function safeReturnTo(given: string | undefined, publicUrl: string): string {
  if (given === undefined || given.length > MAX_LENGTH || !given.startsWith('/') || hasOddCharacters(given))
    return HOME;
  const address = URL.parse(given, publicUrl);
  if (!address || address.origin !== new URL(publicUrl).origin) return HOME;
  const { pathname, search } = address;
  const isPage = (pathname === HOME || pathname.startsWith(`${HOME}/`)) && !PASSAGES.test(pathname);
  return isPage ? `${pathname}${search}` : HOME;
}

/** Browsers read a backslash as a slash and leave out line breaks and tabs. */
function hasOddCharacters(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it looks for
  return /[\u0000-\u0020\u007f\\]/.test(text);
}
