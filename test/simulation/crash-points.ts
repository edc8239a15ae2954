import { setImmediate as turn } from 'node:timers/promises';
import type { Payee } from '#shared/application/payees';
import { makeAskRail } from '#shared/application/payouts/paying/ask-rail';
import type { Rail } from '#shared/application/payouts/paying/rail';
import type { RailReport } from '#shared/application/payouts/paying/settle-payout';
import { isFileRail, isPending } from '#shared/domain/ledger/payout';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { nextPeriod } from '#shared/domain/time/calendar';
import { type Period, toInstant } from '#shared/domain/time/instant';
import { bankPayee, sandboxPayee } from '#test/support/builders/payouts';
import { FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';
import { Crash, chanceOf } from './chance.ts';
import { aHouse, type House, nowOf, PROGRAM_ID, type Unsafe } from './house.ts';

/** How one write ends: the process is gone before it, after it, or lives on with an error in place of the answer. */
export const ENDINGS = ['before', 'after', 'answer_lost'] as const;
export type Fault = { readonly write: number; readonly ending: (typeof ENDINGS)[number] };

class AnswerLost extends Error {}

/** Counts the writes of all stores that pass through `unsafe`, and ends the one it is told to. */
export function makeCrashPoints(fault: Fault | undefined) {
  const passed: string[] = [];
  let phase: string | undefined;
  let isDead = false;
  const unsafe: Unsafe = (store, ...writes) => {
    const wrapped = { ...store };
    for (const name of writes) {
      const write = store[name] as (...args: readonly unknown[]) => Promise<unknown>;
      const counted = async (...args: readonly unknown[]): Promise<unknown> => {
        // What ran beside the write that ended it is gone with its process.
        if (isDead) throw new Crash('dead');
        if (phase === undefined) return write(...args);
        const isHere = passed.push(`${phase} ${String(name)}`) === fault?.write;
        if (isHere && fault.ending === 'before') return die();
        const answer = await write(...args);
        if (isHere && fault.ending === 'after') return die();
        if (!isHere) return answer;
        // An adapter of a rail answers what it knows of a request that was cut off: nothing.
        if (name === 'submit') return { outcome: 'unknown', reason: 'cut off' };
        throw new AnswerLost();
      };
      wrapped[name] = counted as (typeof store)[typeof name];
    }
    return wrapped;
  };
  const die = (): never => {
    isDead = true;
    throw new Crash('killed');
  };
  return {
    unsafe,
    /** Every write of the phases, in order. */
    passed,
    enter: (name: string | undefined) => {
      phase = name;
    },
    /** The work again and again until it ends, each time in a new process and a minute later. */
    resumed: async <T>(house: House, work: () => Promise<T>): Promise<T> => {
      for (;;) {
        try {
          return await work();
        } catch (error) {
          if (!(error instanceof Crash || error instanceof AnswerLost)) throw error;
          await turn();
          isDead = false;
          house.time.now += 60_000;
        }
      }
    },
  };
}

export type CrashPoints = ReturnType<typeof makeCrashPoints>;

/** A provider that pays a key once, whatever it is sent, and keeps a list of what it paid. */
function aProvider(name: string, settled: boolean, payments: string[]): Rail {
  const reference = (payoutId: string): string => `${name}-${payoutId}`;
  return {
    submit: async ({ payoutId }) => {
      if (!payments.includes(payoutId)) payments.push(payoutId);
      return { outcome: 'accepted', reference: reference(payoutId), settled };
    },
    find: async ({ payoutId }) =>
      payments.includes(payoutId)
        ? { state: settled ? 'settled' : 'accepted', reference: reference(payoutId) }
        : { state: 'never_seen' },
  };
}

const PAYEES: Readonly<Record<string, Payee>> = {
  sandbox: sandboxPayee(),
  file: bankPayee(),
  stripe: { rail: 'stripe', name: 'S', stripeAccountId: 'acct_1' },
  paypal: { rail: 'paypal', name: 'P', paypalEmail: 'p@partners.example' },
};
/** `late` has no bank details in January: February's run pays what waited. */
const PARTNERS = [...Object.keys(PAYEES), 'late'];

/** A programme whose partners are paid on each kind of rail. */
export function aPaidHouse(points: CrashPoints) {
  const provided = { stripe: [] as string[], paypal: [] as string[] };
  const since = instant('2025-12-01T00:00:00Z');
  const house = aHouse(
    {
      program: { createdAt: since },
      partners: PARTNERS.map((partnerId) => ({
        partnerId,
        agreements: [{ from: since, planVersion: 1, sequence: 1 }],
        tiers: [{ from: since, tier: 'referral', sequence: 1 }],
      })),
      plans: new Map([
        [1, { version: 1, components: [{ kind: 'revenue_share', id: 'share', ratesByTier: { referral: 1000 } }] }],
      ]),
      payees: PAYEES,
      crashes: 0,
      steady: true,
      unsafe: points.unsafe,
      rails: {
        stripe: points.unsafe(aProvider('stripe', true, provided.stripe), 'submit'),
        paypal: points.unsafe(aProvider('paypal', false, provided.paypal), 'submit'),
      },
    },
    chanceOf(1),
  );
  const ask = makeAskRail({
    payouts: house.fake.payouts,
    rails: house.rails,
    advance: house.advance,
    settle: house.settle,
  });
  return { ...house, provided, ask };
}

export type PaidHouse = ReturnType<typeof aPaidHouse>;

/** January is closed and paid in peace, and one of its payouts comes back; then February, whose every write is a point. */
export async function twoMonths(points: CrashPoints): Promise<PaidHouse> {
  const house = aPaidHouse(points);
  await house.ready();
  await sell(house, JANUARY);
  await close(house, JANUARY, points, () => {});
  await settle(house, JANUARY, points);
  await house.settle({ programId: PROGRAM_ID, payoutId: 'po~2026-01.1~sandbox~GBP', outcome: 'returned' });
  house.payees.set('late', bankPayee());
  await sell(house, FEBRUARY);
  await close(house, FEBRUARY, points, points.enter);
  points.enter('settle');
  await settle(house, FEBRUARY, points);
  points.enter(undefined);
  return house;
}

export async function sell(house: PaidHouse, period: Period): Promise<void> {
  await house.refresh();
  house.time.now = Date.parse(`${period}-20T00:00:00Z`);
  for (const [index, partnerId] of PARTNERS.entries()) {
    // Every partner in pounds, and one of them in euros besides, so that there are two bank files.
    for (const currency of partnerId === 'file' ? ['GBP', 'EUR'] : ['GBP']) {
      const orderId = `${partnerId} ${period} ${currency}`;
      house.orders.add(orderId);
      const occurredAt = instant(`${period}-0${index + 1}T12:00:00Z`);
      const sale = { orderId, customerId: orderId, occurredAt, amountMinor: BigInt(10_000 * (index + 1)), currency };
      await house.recordConversion({ programId: PROGRAM_ID, partnerId, ...sale });
    }
  }
  if (period !== FEBRUARY) return;
  const refund = { refundId: 'r1', orderId: `stripe ${JANUARY} GBP`, amountMinor: 3_000n, kind: 'refund' } as const;
  await house.recordRefund({ programId: PROGRAM_ID, occurredAt: nowOf(house), ...refund });
}

const HOUR_MS = 3_600_000;

/** As people and the workflow do; each step begins at its own hour, so that a minute lost moves none of the later ones. */
export async function close(
  house: PaidHouse,
  period: Period,
  { resumed }: Pick<CrashPoints, 'resumed'>,
  enter: (phase: string) => void | Promise<void>,
): Promise<void> {
  const next = Date.parse(`${nextPeriod(period)}-02T00:00:00Z`);
  let hour = 0;
  const step = async <T>(phase: string, work: () => Promise<T>): Promise<T> => {
    hour += 1;
    house.time.now = next + hour * HOUR_MS;
    await enter(phase);
    return resumed(house, work);
  };
  const request = { programId: PROGRAM_ID, period, by: 'person:opener', requestId: `open ${period} ${house.time.now}` };
  const { runId } = await step('open', () => house.open(request));
  await house.refresh();
  const ids = { programId: PROGRAM_ID, runId };
  const { shards } = await step('plan', () => house.plan(ids));
  for (const shard of shards) await step('compute', () => house.compute({ ...ids, shard }));
  for (const shard of shards) await step('recount', () => house.recount({ ...ids, shard }));
  await step('summarise', () => house.summarise(ids));
  await step('request', () => house.request({ ...ids, taskToken: 'token' }));
  const run = await runOf(house, runId);
  const contentHash = run.contentHash ?? '';
  for (const by of ['person:a', 'person:b']) {
    const decision = { decision: 'approve', contentHash, holds: [] } as const;
    await step('decide', () => house.decide({ ...ids, by, requestId: `${by} ${runId}`, ...decision }));
    house.decisions.set(runId, [
      ...(house.decisions.get(runId) ?? []),
      { by, at: toInstant(house.time.now), ...decision },
    ]);
  }
  for (const shard of shards) await step('post', () => house.post({ ...ids, shard }));
  for (const shard of shards) await step('submit', () => house.submit({ ...ids, shard }));
  await step('write files', () => house.writeFiles(ids));
  await step('complete', () => house.complete(ids));
}

async function runOf(house: House, runId: string): Promise<PayoutRun> {
  return (await house.stored().runs.get(PROGRAM_ID, runId))!;
}

/** What the rails of February report; January's all settle. Stripe reports nothing: it pays by accepting. */
const REPORTS: Readonly<Record<string, readonly RailReport['outcome'][]>> = {
  late: ['failed'],
  paypal: ['settled', 'returned'],
  stripe: [],
};

/** The hourly look at what has no answer, then the reports of the rails, each twice. */
export async function settle(house: PaidHouse, period: Period, { resumed }: CrashPoints): Promise<void> {
  house.time.now += 24 * HOUR_MS;
  const all = [...house.fake.stored.values()].filter(({ submissionRunId }) => submissionRunId?.startsWith(period));
  for (const { programId, payoutId, partnerId, status, rail } of all) {
    if (isPending(status) && !isFileRail(rail)) await resumed(house, () => house.ask({ programId, payoutId }));
    const outcomes = (period === JANUARY && rail !== 'stripe' ? undefined : REPORTS[partnerId]) ?? ['settled'];
    for (const outcome of [...outcomes, ...outcomes]) {
      await resumed(house, () => house.settle({ programId, payoutId, outcome }));
    }
  }
}
