import type { PlanBody } from '#shared/contracts/payouts/plans/plan';
import type { ProposedComponent } from '#shared/domain/plan/plan-rules';

type SentCaps = { readonly capPerCustomerMinor?: number | undefined; readonly capPerPeriodMinor?: number | undefined };

function capsOf({ capPerCustomerMinor, capPerPeriodMinor }: SentCaps): Partial<ProposedComponent> {
  return {
    ...(capPerCustomerMinor === undefined ? {} : { capPerCustomerMinor: BigInt(capPerCustomerMinor) }),
    ...(capPerPeriodMinor === undefined ? {} : { capPerPeriodMinor: BigInt(capPerPeriodMinor) }),
  };
}

/** A component as it came over the border: amounts and bounds become bigint. */
export function proposedComponent(component: PlanBody['components'][number]): ProposedComponent {
  if (component.kind === 'referral_fee') {
    const { capPerCustomerMinor, capPerPeriodMinor, amountMinor, ...fee } = component;
    return { ...fee, ...capsOf({ capPerCustomerMinor, capPerPeriodMinor }), amountMinor: BigInt(amountMinor) };
  }
  if (component.kind !== 'revenue_share') return { ...component, amountMinor: BigInt(component.amountMinor) };
  const { brackets, capPerCustomerMinor, capPerPeriodMinor, ...rest } = component;
  const share = { ...rest, ...capsOf({ capPerCustomerMinor, capPerPeriodMinor }) };
  if (!brackets) return share;
  return {
    ...share,
    brackets: brackets.map(({ upTo, rateBps }) => ({ upTo: upTo === null ? null : BigInt(upTo), rateBps })),
  };
}
