import { Failure } from '#shared/application/failure';
import type { LinkSide } from '#shared/application/tracking/ports';

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
 * Customers read who is paid in the words of staff: a partner's own might hide it.
 * @throws Failure forbidden
 */
export function refuseOwnName(side: LinkSide, disclosedAs: string | null | undefined): void {
  if (side === 'staff' || disclosedAs === undefined) return;
  throw new Failure(
    'forbidden',
    'Leave disclosedAs out: your partner manager sets by which name customers read who is paid.',
    {
      errors: [{ pointer: '/disclosedAs', rule: 'is set by staff' }],
    },
  );
}
