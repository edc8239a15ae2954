import { beforeEach, describe, expect, it } from 'vitest';
import { makeDecidePayoutResolution } from '#shared/application/payouts/paying/decide-payout-resolution';
import { makeGetPayout } from '#shared/application/payouts/paying/get-payout';
import { makeProposePayoutResolution } from '#shared/application/payouts/paying/propose-payout-resolution';
import { applyStep, type Payout, type PayoutStep } from '#shared/domain/ledger/payout';
import type { ResolvedOutcome } from '#shared/domain/ledger/payout-resolution';
import { AT_ONCE } from '#test/support/builders/closing-half';
import { anApprovedRun, aPayout, at, runsOf } from '#test/support/builders/payouts';
import { makeFakeLedger } from '#test/support/fakes/ledger';

const IDS = { programId: 'acme', payoutId: aPayout().payoutId };
const EVIDENCE = { source: 'person', reference: 'statement of 3 February, entry 17', note: 'not debited' } as const;
const CLAIM: PayoutStep = { type: 'claim', rail: 'sandbox', runId: '2026-01.1' };
const UNKNOWN: readonly PayoutStep[] = [CLAIM, { type: 'no_answer' }];
const SUBMITTED: readonly PayoutStep[] = [CLAIM, { type: 'accepted' }];

let now: number;
beforeEach(() => {
  now = Date.parse('2026-02-03T12:00:00Z');
});

/** A payout that took these steps on the second of February. */
async function aDesk(steps: readonly PayoutStep[], over: Partial<Payout> = {}) {
  const fake = makeFakeLedger();
  let payout = aPayout(over);
  await fake.ledger.post({ programId: 'acme', partnerId: 'p1', currency: 'GBP', postedAt: payout.createdAt, payout });
  const take = async (step: PayoutStep): Promise<void> => {
    const change = applyStep(
      payout,
      step,
      at(new Date(Math.min(now, Date.parse('2026-02-02T12:00:00Z'))).toISOString()),
    )!;
    await fake.ledger.change(change);
    payout = change.payout;
  };
  for (const step of steps) await take(step);
  const clock = (): number => now;
  const propose = makeProposePayoutResolution({ ...fake, clock });
  const decide = makeDecidePayoutResolution({ ...fake, clock, ...AT_ONCE });
  return {
    ...fake,
    take,
    get: makeGetPayout({ ...fake, runs: runsOf(anApprovedRun({ status: 'completed' })) }),
    propose: (outcome: ResolvedOutcome, by: { by: string; onBehalfOf?: string } = { by: 'person:a' }) =>
      propose({ ...IDS, resolutionId: `r-${by.by}`, outcome, evidence: EVIDENCE, ...by }),
    decide: (by: string, over: Partial<Parameters<typeof decide>[0]> = {}) =>
      decide({ ...IDS, resolutionId: 'r-person:a', decision: 'confirm', by, ownPartners: [], ...over }),
    status: async () => (await fake.payouts.get('acme', IDS.payoutId))?.status,
    balance: async () => (await fake.balances.of('acme', 'p1'))[0],
  };
}

describe('what became of a payout that no rail answers for', () => {
  it.each([
    ['submitted', UNKNOWN, ['submitted'], -12_345n],
    ['settled', UNKNOWN, ['submitted', 'settled'], -12_345n],
    ['failed', UNKNOWN, ['failed'], 0n],
    ['returned', UNKNOWN, ['submitted', 'returned'], 0n],
    ['settled', SUBMITTED, ['settled'], -12_345n],
    ['failed', SUBMITTED, ['failed'], 0n],
    ['returned', [...SUBMITTED, { type: 'settled' }], ['returned'], 0n],
  ] as const)(
    'is %s once a second person confirms it, with its entries and its history',
    async (outcome, steps, passed, payableMinor) => {
      const desk = await aDesk(steps);
      const before = await desk.status();
      const proposed = await desk.propose(outcome);
      expect(proposed).toMatchObject({ status: 'proposed', seenStatus: before });
      expect(await desk.status(), 'a proposal changes nothing').toBe(before);
      expect(await desk.decide('person:b')).toMatchObject({ status: 'confirmed', decision: { by: 'person:b' } });
      expect(await desk.status()).toBe(outcome);
      const history = (await desk.history.of('acme', IDS.payoutId)).slice(steps.length);
      expect(history.map(({ to, by }) => `${to} ${by}`)).toEqual(passed.map((to) => `${to} person:b`));
      const evidence = { ...EVIDENCE, resolutionId: 'r-person:a', proposedBy: 'person:a' };
      for (const record of history) expect(record.evidence).toEqual(evidence);
      // The posting of its statement is not part of this: the balance holds what paying moved.
      expect(await desk.balance()).toMatchObject({ payableMinor, reservedMinor: 0n });
      const sums = desk.entries.map(({ postings }) => postings.reduce((sum, one) => sum + one.amountMinor, 0n));
      expect(sums.every((sum) => sum === 0n)).toBe(true);
    },
  );

  it('is not for one person, nor for the person behind a key, nor for who acts for the partner', async () => {
    const desk = await aDesk(UNKNOWN);
    await desk.propose('failed');
    const refused = { code: 'second_person_required' };
    await expect(desk.decide('person:a')).rejects.toMatchObject(refused);
    await expect(desk.decide('person:b', { ownPartners: ['p1'] })).rejects.toMatchObject(refused);
    await desk.propose('failed', { by: 'key:k', onBehalfOf: 'person:b' });
    await expect(desk.decide('person:b', { resolutionId: 'r-key:k' })).rejects.toMatchObject(refused);
    expect(await desk.status()).toBe('unknown');
  });

  it('is declined without a trace in the payout, and decided on once', async () => {
    const desk = await aDesk(UNKNOWN);
    await desk.propose('failed');
    const decline = { decision: 'decline', comment: 'another payout' } as const;
    const declined = await desk.decide('person:b', decline);
    expect(declined).toMatchObject({ status: 'declined', decision: { comment: 'another payout' } });
    expect(await desk.decide('person:b', decline), 'a repeat').toEqual(declined);
    const over = { code: 'resolution_not_proposed', extra: { resolutionStatus: 'declined' } };
    await expect(desk.decide('person:c')).rejects.toMatchObject(over);
    expect((await desk.history.of('acme', IDS.payoutId)).length).toBe(UNKNOWN.length);
  });

  it('is what was proposed on: once the payout has moved, only declining is left', async () => {
    const desk = await aDesk(UNKNOWN);
    await desk.propose('failed');
    await desk.take({ type: 'ask_again', runId: '2026-02.1' });
    await desk.take({ type: 'no_answer' });
    await expect(desk.decide('person:b')).rejects.toThrow('propose anew');
    expect(await desk.decide('person:b', { decision: 'decline', comment: 'stale' })).toMatchObject({
      status: 'declined',
    });
  });

  it('waits an hour while a request may be under way', async () => {
    now = Date.parse('2026-02-02T12:59:59Z');
    const desk = await aDesk([CLAIM]);
    await expect(desk.propose('failed')).rejects.toThrow('may be under way');
    now = Date.parse('2026-02-02T13:00:00Z');
    expect(await desk.propose('failed')).toMatchObject({ seenStatus: 'submitting' });
  });

  it.each([
    [[], {}, 'was not handed to a rail'],
    [[{ ...CLAIM, rail: 'bank_file', endToEndId: 'TS1' }], {}, 'has not written'],
    [[CLAIM, { type: 'rejected' }], {}, 'take'],
    [[...SUBMITTED, { type: 'settled' }], {}, 'cannot become failed'],
  ] as const)('is refused after %j, with what to do instead', async (steps, over, detail) => {
    const desk = await aDesk(steps as readonly PayoutStep[], over);
    const payoutStatus = await desk.status();
    await expect(desk.propose('failed')).rejects.toMatchObject({
      code: 'payout_not_resolvable',
      extra: { payoutStatus },
    });
    await expect(desk.propose('failed')).rejects.toThrow(detail);
  });

  it('is answered alike when it is proposed twice, and waits in no endless number', async () => {
    const desk = await aDesk(UNKNOWN);
    expect(await desk.propose('failed')).toEqual(await desk.propose('failed'));
    for (let n = 1; n < 20; n += 1) await desk.propose('failed', { by: `person:${n}` });
    await expect(desk.propose('failed', { by: 'person:x' })).rejects.toThrow('20 proposals wait already');
  });

  it('is booked once by two people who decide at one moment', async () => {
    const desk = await aDesk(UNKNOWN);
    await desk.propose('settled');
    const outcomes = await Promise.allSettled([desk.decide('person:b'), desk.decide('person:c')]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(desk.entries.map(({ entryId }) => entryId.split('~')[0])).toEqual(['submit', 'settle']);
  });
});

describe('a payout by itself', () => {
  it('shows its history, what it waits for and what was proposed of it', async () => {
    const desk = await aDesk(UNKNOWN);
    await desk.propose('failed');
    const shown = await desk.get(IDS);
    expect(shown.history.map(({ to }) => to)).toEqual(['submitting', 'unknown']);
    expect(shown.block).toMatchObject({ reason: 'no_answer', whatToDo: expect.stringContaining('Ask the rail') });
    expect(shown.resolutions).toMatchObject([{ outcome: 'failed', proposedBy: 'person:a' }]);
  });

  it.each([
    [[], { blockedReason: 'payee_incomplete' }, 'payee_incomplete'],
    [[], {}, 'next_run'],
    [[{ ...CLAIM, rail: 'bank_file', endToEndId: 'TS1' }], {}, 'file_not_written'],
    [[{ ...CLAIM, rail: 'bank_file', endToEndId: 'TS1' }, { type: 'accepted' }], {}, 'bank_silent'],
    [SUBMITTED, {}, undefined],
    [[...SUBMITTED, { type: 'settled' }], {}, undefined],
    [[...SUBMITTED, { type: 'failed' }], {}, 'money_back'],
  ] as const)('says after %j why it does not go on: %j', async (steps, over, reason) => {
    const desk = await aDesk(steps as readonly PayoutStep[], over);
    expect((await desk.get(IDS)).block?.reason).toBe(reason);
  });

  it('is its own partner to see, and nobody else from outside', async () => {
    const desk = await aDesk([]);
    expect((await desk.get({ ...IDS, ownPartners: ['p1'] })).waitsFor).toBe('next_approved_run');
    await expect(desk.get({ ...IDS, ownPartners: ['p2'] })).rejects.toMatchObject({ code: 'not_found' });
    await expect(desk.get({ ...IDS, payoutId: 'po~none' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('from before there was a history is readable, and begins one with its next change', async () => {
    const desk = await aDesk([{ type: 'accepted' }], { status: 'submitting', rail: 'sandbox' });
    expect((await desk.get(IDS)).history).toMatchObject([{ sequence: 1, from: 'submitting', to: 'submitted' }]);
  });
});
