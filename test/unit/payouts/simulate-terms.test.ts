import { describe, expect, it } from 'vitest';
import type { Period } from '#shared/domain/time/instant';
import { DECEMBER, FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';
import {
  aDraft,
  aSimulatedProgramme,
  ask,
  cost,
  partner,
  sale,
  share,
} from '#test/support/builders/simulated-programme';

describe('a draft', () => {
  const asked = { draftId: 'spring', from: JANUARY, to: JANUARY };

  it('is simulated as it is at its revision', async () => {
    const { simulator } = await aSimulatedProgramme([sale('o1')]);
    await simulator.drafts.save('acme', aDraft([{ kind: 'fixed_fee', id: 'fee', amountMinor: 700 }]));
    const { result } = await simulator.ask({ ...asked, revision: 1 });
    expect(result).toMatchObject({
      plan: { kind: 'draft', draftId: 'spring', revision: 1 },
      items: [cost('p1', 'GBP', 1_000n, 700n)],
    });
  });

  it.each([
    ['that is not there', { draftId: 'none' }, { code: 'unknown_plan_draft', errors: [{ pointer: '/draftId' }] }],
    ['at another revision', { revision: 2 }, { code: 'plan_draft_changed', extra: { current: { revision: 1 } } }],
    ['that breaks rules', {}, { code: 'plan_invalid', extra: { brokenRules: [{ pointer: '/components' }] } }],
  ])('%s is refused', async (_what, change, refusal) => {
    const { simulator } = await aSimulatedProgramme([sale('o1')]);
    await simulator.drafts.save('acme', aDraft([]));
    await expect(simulator.ask({ ...asked, ...change })).rejects.toMatchObject(refusal);
  });
});

describe('partners on different plans', () => {
  const onTwo = { ...partner('p2'), agreements: [{ ...partner('p2').agreements[0]!, planVersion: 2 }] };
  const onOwn = {
    ...partner('p3'),
    agreements: [{ ...partner('p3').agreements[0]!, planVersion: 1_000_002, components: share(1, 3000).components }],
  };
  const sales = ['p1', 'p2', 'p3'].map((partnerId) => sale(`o-${partnerId}`, { partnerId }));

  it('differ by nothing under the terms in force, custom ones among them', async () => {
    const { simulating } = await aSimulatedProgramme(sales, [partner('p1'), onTwo, onOwn]);
    const { items, mismatches } = await simulating()({ ...ask, planVersion: 'in_force' });
    expect(items).toEqual([
      cost('p1', 'GBP', 1_000n, 1_000n),
      cost('p2', 'GBP', 1_500n, 1_500n),
      cost('p3', 'GBP', 3_000n, 3_000n),
    ]);
    expect(mismatches).toEqual([]);
  });

  it('all get the simulated plan, custom terms too, or only those on the versions that it replaces', async () => {
    const { simulating } = await aSimulatedProgramme(sales, [partner('p1'), onTwo, onOwn]);
    const simulated = async (replaces?: number[]) =>
      (await simulating()({ ...ask, replaces })).items.map(({ simulatedEarnedMinor }) => simulatedEarnedMinor);
    expect(await simulated()).toEqual([1_500n, 1_500n, 1_500n]);
    expect(await simulated([1])).toEqual([1_500n, 1_500n, 3_000n]);
    expect(await simulated([1_000_002])).toEqual([1_000n, 1_500n, 1_500n]);
  });
});

describe('months without an approved run', () => {
  const february = sale('o2', { period: FEBRUARY, occurredAt: instant('2026-02-15T12:00:00Z') });

  it('are estimated beside the terms in force, when that is asked for', async () => {
    const { simulating } = await aSimulatedProgramme([sale('o1'), february], [partner('p1'), partner('p2')]);
    const { items, months } = await simulating()({ ...ask, to: FEBRUARY, estimate: true });
    expect(items).toEqual([
      { ...cost('p1', 'GBP', 1_000n, 3_000n), estimatedEarnedMinor: 1_000n, differenceMinor: 1_000n },
      { ...cost('p2', 'GBP', 0n, 0n), estimatedEarnedMinor: 0n },
    ]);
    expect(months).toEqual([{ period: JANUARY, runId: '2026-01.1' }, { period: FEBRUARY }]);
  });

  it.each([
    ['before the books opened', DECEMBER, JANUARY, '/from'],
    ['in the future', JANUARY, '2026-04' as Period, '/to'],
  ])('are refused %s even so', async (_why, from, to, pointer) => {
    const { simulating } = await aSimulatedProgramme([]);
    await expect(simulating()({ ...ask, from, to, estimate: true })).rejects.toMatchObject({
      code: 'period_not_closed',
      errors: [{ pointer }],
    });
  });
});

describe('a closed month whose facts are not what they were', () => {
  it('is named: its difference is not the plan', async () => {
    const sales = [sale('o1')];
    const { simulating } = await aSimulatedProgramme(sales);
    sales[0] = sale('o1', { amountMinor: 20_000n });
    const { mismatches } = await simulating()({ ...ask, planVersion: 'in_force' });
    expect(mismatches).toEqual([{ partnerId: 'p1', period: JANUARY, currency: 'GBP' }]);
  });
});
