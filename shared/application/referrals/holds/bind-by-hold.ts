import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { BindingStore } from '#shared/application/referrals/customers/customer-ports';
import type { DecideHold, DecideHoldInput } from '#shared/application/referrals/holds/decide-hold';
import type { ConversionRecord, ConversionStore } from '#shared/application/referrals/ports';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { periodOfConversion } from '#shared/domain/facts/facts';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import { type Binding, bindingAt, bindingBy, nextNumber, withBinding } from '#shared/domain/tracking/binding';

/**
 * Lets the end of a hold reach whose the customer is: a released sale binds its customer as if it had not been held, and one
 * that is voided leaves its customer to nobody from now on, if it was the sale that had bound it. After the decision, because
 * that must not fail with it; a repeat of the same request does what is missing.
 * @throws Failure as the decision, and temporarily_unavailable
 */
export function makeBindByHold(
  deps: {
    readonly conversions: Pick<ConversionStore, 'history'>;
    readonly bindings: Pick<BindingStore, 'save'>;
    readonly programs: ProgramReader;
    readonly clock: Clock;
  } & RetryDeps,
  decide: DecideHold,
): DecideHold {
  return async (input) => {
    const decided = await decide(input);
    await retryContended(deps, () => follow(deps, input, decided.conversion));
    return decided;
  };
}

async function follow(
  deps: Parameters<typeof makeBindByHold>[0],
  { decision, by, reason }: DecideHoldInput,
  sale: ConversionRecord,
): Promise<'followed' | 'contended'> {
  const { programId, customerId, occurredAt } = sale;
  const { bindings: known = [] } = await deps.conversions.history(programId, customerId);
  const program = await deps.programs.get(programId);
  const zone = deps.programs.zone(program.timeZone);
  const at = toInstant(deps.clock());
  const binding =
    decision === 'release' ? bindingBy(sale, known, program.attribution, zone) : unbinding(known, sale.orderId, at);
  if (!binding) return 'followed';
  const { number, partnerId: after } = binding;
  const before = bindingAt(known, decision === 'release' ? occurredAt : at)?.partnerId;
  const period = periodOfConversion(at, program.holdDays, program.closedThrough, zone);
  const change = { number, at, by, reason, period, before, after };
  const saved = await deps.bindings.save({ programId, customerId }, withBinding(known, binding), change);
  return saved === 'contended' ? saved : 'followed';
}

function unbinding(known: readonly Binding[], orderId: string, from: Instant): Binding | undefined {
  const isBoundByIt = bindingAt(known, from)?.orderId === orderId;
  return isBoundByIt ? { number: nextNumber(known), partnerId: undefined, from } : undefined;
}
