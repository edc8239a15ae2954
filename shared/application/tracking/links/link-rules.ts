import { Failure } from '#shared/application/failure';
import type { LinkSide } from '#shared/application/tracking/ports';
import type { Instant } from '#shared/domain/time/instant';

/**
 * A partner leads customers only to hosts that the programme has named: with none named, anybody's own links would make the
 * installation an open redirect.
 * @throws Failure forbidden
 */
export function requireHosts(side: LinkSide, hosts: readonly string[]): void {
  if (side === 'staff' || hosts.length > 0) return;
  throw new Failure(
    'forbidden',
    'This programme has no list of destination hosts yet, so partners cannot make links themselves. Ask your partner manager.',
  );
}

/**
 * Customers read the offer and who is paid in the words of staff: the page is the merchant's, and a partner's own words might
 * hide who is paid.
 * @throws Failure forbidden
 */
export function refuseOwnWords(
  side: LinkSide,
  said: { readonly disclosedAs?: string | null | undefined; readonly description?: string | null | undefined },
): void {
  if (side === 'staff') return;
  for (const field of ['disclosedAs', 'description'] as const) {
    if (said[field] === undefined) continue;
    throw new Failure('forbidden', `Leave ${field} out: your partner manager sets what customers read of a link.`, {
      errors: [{ pointer: `/${field}`, rule: 'is set by staff' }],
    });
  }
}

/**
 * A partner ends a link earlier, never later than it was said: the end may be the merchant's.
 * @throws Failure forbidden
 */
export function refuseProlonging(side: LinkSide, before: Instant | undefined, after: Instant | undefined): void {
  if (side === 'staff' || before === undefined || (after !== undefined && after <= before)) return;
  throw new Failure('forbidden', 'Ask your partner manager to let the link go on for longer.', {
    errors: [{ pointer: '/expiresAt', rule: `may be made earlier than ${before}, not later` }],
  });
}
