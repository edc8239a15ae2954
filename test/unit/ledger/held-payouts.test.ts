import { expect, it } from 'vitest';
import type { Period } from '#shared/domain/time/instant';
import { aPayingHalf, SHARD } from '#test/support/builders/paying-half';
import { anApprovedRun, aStatement, at, bankPayee, sandboxPayee } from '#test/support/builders/payouts';
import { makeFakeRail } from '#test/support/fakes/rail';
import { makeFakePayoutHolds } from '#test/support/fakes/reviews';

const PAYOUT_ID = 'po~2026-01.1~p1~GBP';
const hold = {
  programId: 'acme',
  partnerId: 'p1',
  holdId: 'h1',
  reason: 'odd',
  by: 'person:c',
  at: at('2026-02-02T11:00:00Z'),
};
const released = (instant: string) => ({ reason: 'fine', by: 'person:a', at: at(instant) });

it.each([
  ['sandbox', sandboxPayee()],
  ['bank_file', bankPayee()],
])('a payout that was held and released after its review waits for the next run: %s', async (_rail, payee) => {
  const holds = makeFakePayoutHolds();
  const rail = makeFakeRail();
  const half = aPayingHalf({ statements: [aStatement()], payees: { p1: payee }, rail, holds });
  await half.post(SHARD);
  await holds.hold(hold);
  await holds.release(hold, released('2026-02-02T12:00:00Z'));
  await half.submit(SHARD);
  await half.writeFiles(SHARD);
  expect(half.stored.get(PAYOUT_ID)).toMatchObject({ status: 'created', blockedReason: 'held' });
  expect([rail.calls, half.documents.texts.size]).toEqual([[], 0]);
});

it('a payout whose partner was held and released after it was claimed for a file is in no file', async () => {
  const holds = makeFakePayoutHolds();
  const half = aPayingHalf({ statements: [aStatement()], payees: { p1: bankPayee() }, holds });
  await half.post(SHARD);
  await half.submit(SHARD);
  await holds.hold(hold);
  await holds.release(hold, released('2026-02-02T12:00:00Z'));
  expect(await half.writeFiles(SHARD)).toMatchObject({ payouts: 0 });
  expect(half.stored.get(PAYOUT_ID)).toMatchObject({ status: 'created', blockedReason: 'held' });
});

it('a payout whose partner is held while the details of others are read is in no file', async () => {
  const holds = makeFakePayoutHolds();
  const partners = ['p1', 'p2', 'p3'];
  const half = aPayingHalf({
    statements: partners.map((partnerId) => aStatement({ partnerId })),
    payees: Object.fromEntries(partners.map((id) => [id, bankPayee()])),
    holds,
  });
  await half.post(SHARD);
  await half.submit(SHARD);
  const readPayee = half.payees.get.bind(half.payees);
  half.payees.get = (id) => {
    if (id === 'p3') void holds.hold(hold);
    return readPayee(id);
  };
  expect(await half.writeFiles(SHARD)).toMatchObject({ payouts: 2 });
  expect(half.stored.get(PAYOUT_ID)).toMatchObject({ status: 'created', blockedReason: 'held' });
});

it('a hold that had ended when the run was reviewed keeps nothing back', async () => {
  const holds = makeFakePayoutHolds();
  const half = aPayingHalf({ statements: [aStatement()], payees: { p1: sandboxPayee() }, holds });
  await half.post(SHARD);
  await holds.hold({ ...hold, at: at('2026-01-05T00:00:00Z') });
  await holds.release(hold, released('2026-02-01T01:00:00Z'));
  expect(await half.submit(SHARD)).toMatchObject({ submitted: 1 });
});

it('offers nothing again for a partner that the approvers of a later run held', async () => {
  const rail = makeFakeRail((_id, call) => (call === 1 ? 'unknown' : 'accepted'));
  const half = aPayingHalf({
    statements: [aStatement(), aStatement({ runId: '2026-02.1', earnedMinor: 0n })],
    runs: [
      anApprovedRun(),
      anApprovedRun({ runId: '2026-02.1', period: '2026-02' as Period, waitingDigest: 'listed', holds: ['p1'] }),
    ],
    waiting: { '2026-02.1': [{ payoutId: PAYOUT_ID, partnerId: 'p1', currency: 'GBP', amountMinor: 12_345n }] },
    payees: { p1: sandboxPayee() },
    rail,
  });
  await half.post(SHARD);
  expect(await half.submit(SHARD)).toMatchObject({ unknown: 1 });
  expect(await half.submit({ ...SHARD, runId: '2026-02.1' })).toMatchObject({ unknown: 1 });
  expect(rail.calls).toEqual([PAYOUT_ID]);
});
