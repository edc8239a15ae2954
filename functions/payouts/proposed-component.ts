import type { PlanBody } from '#shared/contracts/payouts/plan';
import type { ProposedComponent } from '#shared/domain/plan-rules';

/** A component as it came over the border: amounts and bounds become bigint. */
export function proposedComponent(component: PlanBody['components'][number]): ProposedComponent {
  if (component.kind !== 'revenue_share') return { ...component, amountMinor: BigInt(component.amountMinor) };
  const { brackets, ...rest } = component;
  if (!brackets) return rest;
  return {
    ...rest,
    brackets: brackets.map(({ upTo, rateBps }) => ({ upTo: upTo === null ? null : BigInt(upTo), rateBps })),
  };
}
