/**
 * The form by which two slugs are compared: what a person may take for one another has one skeleton. Letters that look like
 * several are written out (m as rn, w as vv), so that each character folds by itself and the order of folding does not
 * matter; o reads as 0, i and l as 1; dashes count for nothing. Other alphabets have no part in slugs.
 * After the idea of skeletons in Unicode TS 39, chapter 4.
 */
export function slugSkeleton(slug: string): string {
  return slug.toLowerCase().replace(/[-milow]/g, (character) => FOLDED[character] ?? '');
}

const FOLDED: Readonly<Record<string, string>> = { m: 'rn', w: 'vv', o: '0', i: '1', l: '1' };

/** Words of our own addresses: a link under one of them would read like a page of the installation. */
export const OWN_WORDS: readonly string[] = words(`
  apply
  api v1 v2 r c l u health openapi openapi-json docs console portal assets static public robots favicon sitemap well-known
  index home link links code codes qr redirect redirects batch webhook webhooks programs programmes partners redemptions
  conversions refunds adjustments payout-runs payouts statements disputes settings plans agreements snippet ts null undefined
`);

/** Who seems to speak for the shop, or asks for a secret, in any part of the slug between dashes. */
const IMPERSONATING: readonly string[] = words(`
  admin admins administrator root sysadmin superuser moderator staff official officially support helpdesk customer-service
  login logon log-in signin sign-in signup sign-up logout account accounts password passwords passwort contrasena
  verify verification verified secure security authenticate auth oauth sso two-factor 2fa billing phishing webmaster
  postmaster hostmaster abuse noreply no-reply tallystick
`);

/** Words that no customer should meet under the shop's name; few on purpose, since a person looks at links too. */
const OFFENSIVE: readonly string[] = words(`
  fuck fucking fucker shit bullshit cunt bitch whore slut asshole bastard nigger nigga faggot retard nazi hitler rape rapist
  porn porno xxx pedo paedo kike scheisse arschloch fotze hure wichser puta puto mierda cabron gilipollas
  putain merde salope connard encule
`);

export type ReservedSlug = { readonly word: string; readonly why: 'own_route' | 'impersonating' | 'offensive' };

const WHOLE = bySkeleton([
  ...OWN_WORDS.map((word): ReservedSlug => ({ word, why: 'own_route' })),
  ...IMPERSONATING.map((word): ReservedSlug => ({ word, why: 'impersonating' })),
  ...OFFENSIVE.map((word): ReservedSlug => ({ word, why: 'offensive' })),
]);
const PART = bySkeleton([
  ...IMPERSONATING.map((word): ReservedSlug => ({ word, why: 'impersonating' })),
  ...OFFENSIVE.map((word): ReservedSlug => ({ word, why: 'offensive' })),
]);

/**
 * The reserved word that a slug is, or that one of its parts between dashes is, also in look-alike letters (`adrnin`, `l0gin`).
 * Parts, not any run of letters: `scunthorpe` and `pinewood` are places.
 */
export function reservedWordIn(slug: string): ReservedSlug | undefined {
  const whole = WHOLE.get(slugSkeleton(slug));
  if (whole) return whole;
  for (const part of slug.toLowerCase().split('-')) {
    const found = PART.get(slugSkeleton(part));
    if (found) return found;
  }
  return undefined;
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

function bySkeleton(reserved: readonly ReservedSlug[]): ReadonlyMap<string, ReservedSlug> {
  return new Map(reserved.map((entry) => [slugSkeleton(entry.word), entry]));
}
