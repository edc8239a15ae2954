import { describe, expect, it } from 'vitest';
import type { ReadNextTier } from '#shared/application/notifications/telling/read-next-tier';
import { makeTellPayments, type PaymentEvent } from '#shared/application/notifications/telling/tell-payments';
import { BLOCKED_REASONS, type Payout } from '#shared/domain/ledger/payout';
import type { Instant, Period } from '#shared/domain/time/instant';
import { aStatement, at, silentLog } from '#test/support/builders/payouts';
import { DISTANCES } from '#test/support/notice-samples';
import { aTell } from '#test/support/telling';

const AT = at('2026-02-02T12:00:00Z');
const HEADER = {
  ...aStatement({ openingBalanceMinor: 100n, clawbackMinor: -45n, payableMinor: 12_000n, closingBalanceMinor: 400n }),
  ...{ period: '2026-01' as Period, runId: '2026-01.1', attempt: 1, lineCount: 3 },
};
const READY: PaymentEvent = {
  type: 'statement.ready',
  eventId: 'acme/2026-01.1~p1~GBP/ready',
  programId: 'acme',
  partnerId: 'p1',
  statementId: '2026-01.1~p1~GBP',
  period: '2026-01',
  payable: { minor: 12_000, currency: 'GBP' },
  occurredAt: AT,
};
const payout = <T extends Exclude<PaymentEvent['type'], 'statement.ready'>>(type: T) => ({
  type,
  eventId: `acme/po/${type}`,
  programId: 'acme',
  partnerId: 'p1',
  payoutId: 'po',
  period: '2026-01',
  amount: { minor: 12_345, currency: 'GBP' },
  occurredAt: AT,
});
const PARTNER = { audience: 'partner', partnerId: 'p1' };
const FINANCE = { audience: 'staff', roles: ['finance'] };

type Over = {
  nextTier?: ReadNextTier;
  refuses?: Parameters<typeof aTell>[0];
  header?: undefined;
  payout?: Partial<Payout> | undefined;
  usableFrom?: Instant;
};

function aHouse(over: Over = {}) {
  const { tell, told } = aTell(over.refuses);
  const stored = 'payout' in over ? over.payout : { reason: 'account of Erika is closed' };
  const notify = makeTellPayments({
    tell,
    statements: { header: async () => ('header' in over ? undefined : HEADER) },
    payouts: { get: async () => stored as Payout },
    payees: {
      payeeOnRecord: async () => ({ payeeId: 'pe', rail: 'bank_file', changedAt: AT, usableFrom: over.usableFrom }),
    },
    nextTier: over.nextTier ?? (async () => ({ tier: 'certified', next: { tier: 'premium', distances: DISTANCES } })),
    log: silentLog,
  });
  return { notify, told };
}

describe('a statement that is ready', () => {
  it('is told with its amounts, what is carried, and the distance to the next tier', async () => {
    const { notify, told } = aHouse();
    await notify(READY);
    const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });
    expect(told).toEqual([
      {
        event: { eventId: READY.eventId, programId: 'acme', occurredAt: AT },
        to: PARTNER,
        message: {
          kind: 'statement.ready',
          facts: {
            ...{ statementId: '2026-01.1~p1~GBP', period: '2026-01', opening: gbp(100n), earned: gbp(12_345n) },
            ...{ clawback: gbp(-45n), adjustment: gbp(0n), payable: gbp(12_000n), carried: gbp(400n) },
            ...{ tier: 'certified', next: { tier: 'premium', distances: DISTANCES } },
          },
        },
      },
    ]);
  });

  it('is told without its tier when referrals cannot be counted now, and to a partner without one', async () => {
    const failing = aHouse({ nextTier: async () => Promise.reject(new Error('throttled')) });
    await failing.notify(READY);
    expect(failing.told[0]?.message.facts).not.toHaveProperty('tier');
    const without = aHouse({ nextTier: async () => undefined });
    await without.notify(READY);
    expect(without.told[0]?.message.facts).not.toHaveProperty('next');
  });

  it('concerns nobody when it is not stored', async () => {
    const { notify, told } = aHouse({ header: undefined });
    await notify(READY);
    expect(told).toEqual([]);
  });
});

describe('a payout', () => {
  it.each(['payout.approved', 'payout.paid'] as const)('that says %s is told to its partner', async (type) => {
    const { notify, told } = aHouse();
    await notify(payout(type));
    const amount = { minor: 12_345n, currency: 'GBP' };
    const message = { kind: type, facts: { payoutId: 'po', period: '2026-01', amount } };
    expect(told).toMatchObject([{ to: PARTNER, message }]);
  });

  it.each(BLOCKED_REASONS)('that is approved and waits, as it is %s, is told with that', async (blockedReason) => {
    const { notify, told } = aHouse({ payout: { status: 'created', blockedReason } });
    await notify(payout('payout.approved'));
    expect(told[0]?.message.facts).toMatchObject({ payoutId: 'po', blocked: blockedReason });
    expect(told[0]?.message.facts).not.toHaveProperty('usableFrom');
  });

  it('that waits for the cool-down of its payee is told with its end', async () => {
    const usableFrom = at('2026-02-09T12:00:00Z');
    const { notify, told } = aHouse({
      payout: { status: 'created', blockedReason: 'payee_cooling_down' },
      usableFrom,
    });
    await notify(payout('payout.approved'));
    expect(told[0]?.message.facts).toMatchObject({ blocked: 'payee_cooling_down', usableFrom });
  });

  it.each([
    ['is on its way by now', { status: 'submitted', blockedReason: undefined } as const],
    ['waits for nothing', { status: 'created', blockedReason: undefined } as const],
    ['is not stored', undefined],
  ])('that is approved and %s is told without a reason to wait', async (_, stored) => {
    const { notify, told } = aHouse({ payout: stored });
    await notify(payout('payout.approved'));
    expect(told[0]?.message.facts).not.toHaveProperty('blocked');
  });

  it.each(['payout.failed', 'payout.returned'] as const)(
    'that says %s is told with the reason to its partner and to finance',
    async (type) => {
      const { notify, told } = aHouse();
      await notify(payout(type));
      expect(told.map(({ to }) => to)).toEqual([PARTNER, FINANCE]);
      expect(told[1]?.message.facts).toMatchObject({ reason: 'account of Erika is closed' });
    },
  );

  it('is told to finance also when its partner cannot be told now, and then again', async () => {
    const { notify, told } = aHouse({ refuses: ['partner'] });
    await expect(notify(payout('payout.failed'))).rejects.toThrow('could not be told');
    expect(told.map(({ to }) => to)).toEqual([FINANCE]);
  });
});
