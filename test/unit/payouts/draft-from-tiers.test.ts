import { describe, expect, it } from 'vitest';
import { readComponents } from '#functions/payouts/plans/read-components';
import { fieldErrors } from '#functions/runtime/field-errors';
import { makeDraftFromTiers } from '#shared/application/payouts/plans/draft-from-tiers';
import { checkComponents } from '#shared/application/payouts/plans/plan-draft';
import { savePlanDraftRoute } from '#shared/contracts/payouts/plans/save-plan-draft';
import { aScheme } from '#test/support/builders/tiers';

const draftOf = (scheme = aScheme()) =>
  makeDraftFromTiers({ schemes: { current: async (programId) => ({ programId, version: 0, scheme }) } })('acme');

describe('a plan draft that starts from the tiers', () => {
  it('pays the rates that they suggest, and may be published as it is', async () => {
    const components = await draftOf();
    expect(components).toEqual([
      { kind: 'revenue_share', id: 'share', ratesByTier: { referral: 1_000, certified: 1_500, premium: 2_000 } },
    ]);
    expect(checkComponents(components, readComponents, 'EUR').brokenRules).toEqual([]);
  });

  it('is refused where no tier suggests a rate', async () => {
    const tiers = aScheme().tiers.map(({ suggestedRateBps: _, ...tier }) => tier);
    await expect(draftOf(aScheme({ tiers }))).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/fromTierScheme' }],
    });
  });

  it('is asked for in place of components, and of a new draft alone', () => {
    const rulesOf = (body: object): string[] =>
      (savePlanDraftRoute.body.safeParse({ name: 'Draft', ...body }).error?.issues ?? [])
        .flatMap((issue) => fieldErrors(issue))
        .map(({ pointer, rule }) => `${pointer} ${rule}`);
    expect(rulesOf({ fromTierScheme: true })).toEqual([]);
    expect(rulesOf({ components: [], revision: 1 })).toEqual([]);
    expect(rulesOf({})).toEqual(['/components is missing']);
    expect(rulesOf({ fromTierScheme: true, components: [] })).toEqual([
      '/fromTierScheme must not stand beside components',
    ]);
    expect(rulesOf({ fromTierScheme: true, revision: 2 })).toEqual([
      '/fromTierScheme must not stand beside revision: it starts a draft',
    ]);
  });
});
