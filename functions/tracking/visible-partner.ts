import { isPartnerOnly, type Principal, partnersOf } from '#functions/runtime/principal';
import { Failure } from '#shared/application/failure';

/**
 * The partner whose rows a caller may list: staff and keys as asked, a partner only itself.
 * @throws Failure not_found for another partner's
 */
export function visiblePartner(
  principal: Principal | undefined,
  programId: string,
  asked: string | undefined,
): string | undefined {
  if (!principal || !isPartnerOnly(principal, programId)) return asked;
  const own = partnersOf(principal, programId);
  const visible = asked ?? own[0];
  if (visible !== undefined && own.includes(visible)) return visible;
  throw new Failure('not_found', 'There is no such partner.', {
    errors: [{ pointer: 'query:partnerId', rule: 'is not a partner that you may see' }],
  });
}
