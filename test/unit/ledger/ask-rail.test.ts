import { describe, expect, it } from 'vitest';
import { makeAdvancePayout } from '#shared/application/payouts/paying/advance-payout';
import { makeAskRail } from '#shared/application/payouts/paying/ask-rail';
import type { RailFinding } from '#shared/application/payouts/paying/rail';
import { makeSettlePayout } from '#shared/application/payouts/paying/settle-payout';
import type { Payout } from '#shared/domain/ledger/payout';
import { aPayout, silentLog, tickingClock } from '#test/support/builders/payouts';
import { makeFakeLedger } from '#test/support/fakes/ledger';
import { makeFakeRail } from '#test/support/fakes/rail';

const IDS = { programId: 'acme', payoutId: aPayout().payoutId };

/** One stored payout, and a rail that says of it what it is told to. */
async function aDesk(over: Partial<Payout>, finding: RailFinding = { state: 'unknown' }) {
  const fake = makeFakeLedger();
  const payout = aPayout({ rail: 'sandbox', submissionRunId: '2026-01.1', ...over });
  await fake.ledger.post({ programId: 'acme', partnerId: 'p1', currency: 'GBP', postedAt: payout.createdAt, payout });
  const advance = makeAdvancePayout({ ...fake, clock: tickingClock() });
  const rail = { ...makeFakeRail(), find: async () => finding };
  const settle = makeSettlePayout({ ...fake, advance, log: silentLog });
  return { ...fake, rail, ask: makeAskRail({ ...fake, rails: { sandbox: rail }, advance, settle }) };
}

describe('asking a rail what became of a payout', () => {
  it.each([
    [{ state: 'accepted', reference: 'r1' }, ['submitted']],
    [{ state: 'settled', reference: 'r1' }, ['submitted', 'settled']],
    [{ state: 'failed', reason: 'closed' }, ['failed']],
    [{ state: 'returned', reason: 'closed' }, ['submitted', 'returned']],
    [{ state: 'unknown' }, []],
    [{ state: 'never_seen' }, []],
  ] as const)('books %j, and nothing that it does not say', async (finding, passed) => {
    const desk = await aDesk({ status: 'unknown' }, finding);
    const { answer, payout } = await desk.ask(IDS);
    expect(answer).toEqual(finding);
    const history = await desk.history.of('acme', IDS.payoutId);
    expect(history.map(({ to, by }) => `${to} ${by}`)).toEqual(passed.map((to) => `${to} system:rail`));
    expect(payout.status).toBe(passed.at(-1) ?? 'unknown');
    expect(desk.rail.paid.size).toBe(0);
  });

  it('finds a return after the settlement, and finds the same twice without a second booking', async () => {
    const desk = await aDesk({ status: 'settled' }, { state: 'returned', reason: 'closed' });
    await desk.ask(IDS);
    expect((await desk.ask(IDS)).payout.status).toBe('returned');
    expect(desk.entries).toHaveLength(1);
  });

  it.each([
    [{ status: 'created', rail: undefined }, 'was not handed to a rail'],
    [{ status: 'submitted', rail: 'bank_file' }, 'send the report of the bank'],
    [{ status: 'unknown', rail: 'stripe' }, 'is not set up'],
  ] as const)('says of %j why nobody can be asked', async (over, detail) => {
    const { ask } = await aDesk(over);
    const refused = { code: 'payout_not_resolvable', extra: { payoutStatus: over.status } };
    await expect(ask(IDS)).rejects.toMatchObject(refused);
    await expect(ask(IDS)).rejects.toThrow(detail);
  });

  it('knows no payout but those that are stored', async () => {
    const { ask } = await aDesk({ status: 'unknown' });
    await expect(ask({ ...IDS, payoutId: 'po~none' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
