import type { ProgramReader } from '#shared/application/programs';
import type { ConversionStore } from '#shared/application/referrals/ports';
import { weighTouches } from '#shared/application/referrals/sales/attribute-sale';
import { collectTouches, type TouchSources } from '#shared/application/referrals/sales/collect-touches';
import type { PartnerAt } from '#shared/application/referrals/stripe/plan-stripe-sale';

/**
 * Who a sale at an earlier instant would have gone to, by the same rules as a sale now: for a subscription whose trial
 * lies between its checkout and its first money.
 * @throws Failure unknown_program
 */
export function makePartnerAt(
  deps: {
    readonly conversions: Pick<ConversionStore, 'history'>;
    readonly programs: ProgramReader;
  } & TouchSources,
): PartnerAt {
  return async ({ programId, customerId, at, clickToken, code }) => {
    const program = await deps.programs.get(programId);
    const sent = await collectTouches(deps, { programId, occurredAt: at, clickToken, code });
    const customer = await deps.conversions.history(programId, customerId);
    const zone = deps.programs.zone(program.timeZone);
    return weighTouches(sent, at, { customer, program, zone }).partnerId;
  };
}
