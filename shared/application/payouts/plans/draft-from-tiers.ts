import { Failure } from '#shared/application/failure';
import type { TierSchemes } from '#shared/application/partners/tiers/tier-schemes';
import type { DraftComponent } from './plan-draft.ts';

/**
 * Components that a new draft starts from: one share of sales at the rates that the programme's tiers suggest now. A tier
 * without one has terms of its own, and is not paid by the share.
 * @throws Failure invalid_request when no tier suggests a rate
 */
export function makeDraftFromTiers({ schemes }: { readonly schemes: Pick<TierSchemes, 'current'> }) {
  return async (programId: string): Promise<readonly DraftComponent[]> => {
    const { scheme } = await schemes.current(programId);
    const rates = scheme.tiers.flatMap(({ tier, suggestedRateBps }) =>
      suggestedRateBps === undefined ? [] : [[tier, suggestedRateBps] as const],
    );
    if (rates.length === 0) {
      throw new Failure('invalid_request', 'Send components instead: no tier of this programme suggests a rate.', {
        errors: [{ pointer: '/fromTierScheme', rule: 'needs a tier with a suggestedRateBps' }],
      });
    }
    return [{ kind: 'revenue_share', id: 'share', ratesByTier: Object.fromEntries(rates) }];
  };
}
