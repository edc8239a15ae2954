import fc from 'fast-check';
import { expect } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { addCalendarDays, laterPeriod, nextPeriod, periodOf } from '#shared/domain/time/calendar';
import { type Instant, type Period, toInstant } from '#shared/domain/time/instant';
import { acme } from '#test/support/builders/partners';
import { aConversion, aRefund } from '#test/support/builders/referrals';
import { makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeReferrals } from '#test/support/fakes/referrals';

const london = timeZoneOf('Europe/London');

/** Months of facts that come late, are refunded late and are closed one after the other. */
export const tierWorldStep = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('sell' as const),
      customer: fc.nat(6),
      daysAgo: fc.nat(60),
      partner: fc.nat(1),
      minor: fc.nat(300),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('refund' as const),
      sale: fc.nat(30),
      share: fc.constantFrom(2, 1),
      daysAgo: fc.nat(20),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 45 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('close' as const), isPaid: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('review' as const) }) },
);

/** A programme whose facts come late, are refunded late, and whose months close. */
export function aTierWorld() {
  const referrals = makeFakeReferrals();
  let nowMs = Date.parse('2026-02-10T12:00:00Z');
  let closedThrough = '2025-12' as Period;
  let final: { through: Period; at: Instant } | undefined;
  const sales: { orderId: string; partnerId: string; minor: bigint; left: bigint; period: Period }[] = [];
  const stamp = (ms: number): Period => laterPeriod(periodOf(ms, london), nextPeriod(closedThrough));
  type Step =
    | { kind: 'sell'; customer: number; daysAgo: number; partner: number; minor: number }
    | { kind: 'refund'; sale: number; share: number; daysAgo: number }
    | { kind: 'wait'; days: number }
    | { kind: 'close'; isPaid: boolean };
  return {
    referrals,
    now: () => toInstant(nowMs),
    final: () => final,
    programs: () => makeFakePrograms(acme({ booksOpenFrom: '2026-01' as Period, closedThrough })),
    take: async (step: Step): Promise<void> => {
      if (step.kind === 'wait') {
        nowMs += step.days * 86_400_000;
        return;
      }
      if (step.kind === 'close') {
        // Months close when they are over, and only one that was paid is final.
        if (nextPeriod(closedThrough) >= periodOf(nowMs, london)) return;
        if (final?.through !== closedThrough && closedThrough !== '2025-12')
          final = { through: closedThrough, at: toInstant(nowMs) };
        closedThrough = nextPeriod(closedThrough);
        if (step.isPaid) final = { through: closedThrough, at: toInstant(nowMs) };
        nowMs += 1;
        return;
      }
      nowMs += 1_000;
      if (step.kind === 'sell') {
        const occurredMs = nowMs - step.daysAgo * 86_400_000;
        const orderId = `o${sales.length}`;
        const partnerId = `p${step.partner}`;
        const customerId = `c${step.customer}`;
        const period = stamp(addCalendarDays(occurredMs, 30, london));
        const conversion = aConversion({
          ...{ programId: 'acme', orderId, partnerId, customerId, period, amountMinor: BigInt(step.minor) },
          ...{ occurredAt: toInstant(occurredMs), recordedAt: toInstant(nowMs) },
        });
        const { first } = await referrals.conversions.history('acme', customerId);
        const mine = { period, occurredAt: conversion.occurredAt, conversionId: orderId };
        const rank = (one: typeof mine): string => `${one.period}#${one.occurredAt}#${one.conversionId}`;
        const isFirst = step.minor > 0 && (!first || rank(mine) < rank(first));
        await referrals.conversions.add(conversion, isFirst ? { first: mine } : {});
        sales.push({ orderId, partnerId, minor: BigInt(step.minor), left: BigInt(step.minor), period });
        return;
      }
      const sale = sales[step.sale % Math.max(1, sales.length)];
      const amountMinor = sale ? sale.left / BigInt(step.share) : 0n;
      if (!sale || amountMinor <= 0n) return;
      sale.left -= amountMinor;
      const occurredMs = nowMs - step.daysAgo * 86_400_000;
      const period = stamp(occurredMs);
      const refund = aRefund({
        ...{ programId: 'acme', refundId: `r${nowMs}`, orderId: sale.orderId, partnerId: sale.partnerId, amountMinor },
        ...{ period, late: period > sale.period, occurredAt: toInstant(occurredMs), recordedAt: toInstant(nowMs) },
      });
      expect(await referrals.refunds.add(refund, sale.minor)).toBe('recorded');
    },
  };
}
