import fc from 'fast-check';
import { actorOf, type Principal } from '#functions/runtime/principal';
import { Failure } from '#shared/application/failure';
import type { Payout } from '#shared/domain/ledger/payout';
import { nextPeriod, startOfPeriod } from '#shared/domain/time/calendar';
import { bookedOf, camt } from '#test/support/builders/bank-answers';
import { bankPayee, sandboxPayee } from '#test/support/builders/payouts';
import { instant } from '#test/support/builders/runs';
import { PROGRAM_ID } from './house.ts';
import { assertMayCall, goOn, PARTNERS, type World } from './one-person-world.ts';

/** One request or one passing of time; numbers choose among what there is. */
export type Deed = {
  readonly kind: Kind;
  readonly caller: number;
  readonly which: number;
  readonly amount: number;
};

type Context = { readonly world: World; readonly caller: Principal; readonly id: string } & Omit<
  Deed,
  'kind' | 'caller'
>;
type Do = { readonly route: string; readonly run: (context: Context) => Promise<unknown> };

const DAY_MS = 86_400_000;
const pick = <T>(items: readonly T[], which: number): T | undefined => items[which % Math.max(1, items.length)];
const partnerOf = (which: number): string => PARTNERS[which % PARTNERS.length]!;
const payoutsOf = (world: World): readonly Payout[] => [...world.fake.stored.values()];
const nowOf = (world: World) => instant(new Date(world.time.now).toISOString());
const ids = { programId: PROGRAM_ID };

async function latestRun(world: World) {
  return (await world.money.runs.list(PROGRAM_ID, { limit: 1 })).items[0];
}

async function openDue(world: World, actor: { by: string; onBehalfOf?: string }, requestId: string): Promise<void> {
  const { closedThrough } = await world.programs.get(PROGRAM_ID);
  await world.open({ ...ids, period: nextPeriod(closedThrough), ...actor, requestId });
}

const OUTCOMES = ['returned', 'failed', 'settled', 'submitted'] as const;

/** What callers may ask for, by the name of its route: everything that moves money or decides who may. */
const REQUESTS = {
  sell: {
    route: 'record-conversion',
    run: ({ world, id, which, amount }) =>
      world.recordConversion({
        ...ids,
        partnerId: partnerOf(which),
        orderId: id,
        customerId: `customer ${which}`,
        occurredAt: nowOf(world),
        amountMinor: BigInt(amount * 100),
        currency: 'GBP',
      }),
  },
  refund: {
    route: 'record-refund',
    run: ({ world, id, which, amount }) =>
      world.recordRefund({
        ...ids,
        refundId: id,
        orderId: `january of ${partnerOf(which)}`,
        occurredAt: nowOf(world),
        amountMinor: BigInt(amount),
        kind: 'refund',
      }),
  },
  adjust: {
    route: 'record-adjustment',
    run: ({ world, caller, id, which, amount }) =>
      world.adjust({
        ...ids,
        ...actorOf(caller),
        isApiKey: caller.kind === 'api_key',
        adjustmentId: id,
        partnerId: partnerOf(which),
        amountMinor: BigInt(amount - 200),
        currency: 'GBP',
        occurredAt: nowOf(world),
        reason: 'because',
      }),
  },
  decideAdjustment: {
    route: 'decide-adjustment',
    run: async ({ world, caller, which }) => {
      const { closedThrough } = await world.programs.get(PROGRAM_ID);
      const of = { of: 'pending', throughPeriod: nextPeriod(closedThrough) } as const;
      const { items } = await world.money.adjustments.list(PROGRAM_ID, of, { limit: 20 });
      const adjustmentId = pick(items, which)?.adjustmentId;
      if (adjustmentId) await world.decideAdjustment({ ...ids, adjustmentId, decision: 'approve', by: caller.id });
    },
  },
  writeOff: {
    route: 'write-off-balance',
    run: ({ world, caller, id, which, amount }) =>
      world.writeOff({
        ...ids,
        ...actorOf(caller),
        adjustmentId: id,
        partnerId: partnerOf(which),
        amountMinor: BigInt(amount),
        currency: 'GBP',
        reason: 'lost',
      }),
  },
  open: {
    route: 'open-payout-run',
    run: ({ world, caller, id }) => openDue(world, actorOf(caller), id),
  },
  approve: {
    route: 'decide-payout-run',
    run: async ({ world, caller, id, which }) => {
      const run = await latestRun(world);
      if (!run) return;
      const holds = which % 5 === 0 ? [partnerOf(which)] : undefined;
      const decision = { decision: 'approve', contentHash: run.contentHash ?? '', holds } as const;
      await world.decide({ ...ids, runId: run.runId, by: caller.id, requestId: id, ...decision });
    },
  },
  reject: {
    route: 'decide-payout-run',
    run: async ({ world, caller, id }) => {
      const run = await latestRun(world);
      if (!run) return;
      const decision = { decision: 'reject', contentHash: run.contentHash ?? '', comment: 'again' } as const;
      await world.decide({ ...ids, runId: run.runId, by: caller.id, requestId: id, ...decision });
    },
  },
  policy: {
    route: 'change-payout-policy',
    run: ({ world, caller, which }) =>
      world.changePolicy({
        ...ids,
        ...actorOf(caller),
        policy: {
          approvals: { required: 1 + (which % 2), extraApproverAboveMinor: null },
          payouts: { requiredAbove: null, reminderHours: [1], expiryHours: 24 + which, payeeCooldownHours: 0 },
        },
      }),
  },
  controls: {
    route: 'change-controls',
    run: ({ world, caller, amount }) =>
      world.changeControls({
        ...ids,
        ...actorOf(caller),
        controls: {
          adjustmentLimitMinor: amount % 2 === 0 ? null : BigInt(amount),
          writeOffLimitMinor: BigInt(amount),
        },
      }),
  },
  settings: {
    route: 'change-settings',
    run: ({ world, caller, which }) =>
      world.changeSettings({ ...ids, ...actorOf(caller), settings: { attribution: { windowDays: 1 + which } } }),
  },
  payee: {
    route: 'change-payee',
    run: async ({ world, caller, id, which }) => {
      const partnerId = partnerOf(which);
      const at = nowOf(world);
      world.payees.set(partnerId, which % 3 === 0 ? bankPayee() : sandboxPayee());
      world.payeeDates.set(partnerId, { payeeId: id, changedAt: at });
      world.payeeChanges.push({ partnerId, ...actorOf(caller), at });
    },
  },
  hold: {
    route: 'hold-payouts',
    run: ({ world, caller, id, which }) =>
      world.hold({ ...ids, partnerId: partnerOf(which), holdId: id, reason: 'look', by: caller.id }),
  },
  release: {
    route: 'release-payouts',
    run: async ({ world, caller, which }) => {
      const holds = [];
      for await (const hold of world.money.payoutHolds.all(PROGRAM_ID)) if (!hold.release) holds.push(hold);
      const hold = pick(holds, which);
      if (hold) await world.release({ ...ids, ...hold, reason: 'fine', by: caller.id });
    },
  },
  ask: {
    route: 'ask-rail',
    run: async ({ world, which }) => {
      const payoutId = pick(payoutsOf(world), which)?.payoutId;
      if (payoutId) await world.ask({ ...ids, payoutId });
    },
  },
  propose: {
    route: 'propose-payout-resolution',
    run: async ({ world, caller, id, which, amount }) => {
      const payoutId = pick(payoutsOf(world), which)?.payoutId;
      if (!payoutId) return;
      const evidence = { source: 'person', reference: 'letter', note: 'says so' } as const;
      const outcome = OUTCOMES[amount % OUTCOMES.length]!;
      await world.propose({ ...ids, ...actorOf(caller), payoutId, resolutionId: id, outcome, evidence });
    },
  },
  confirm: {
    route: 'decide-payout-resolution',
    run: async ({ world, caller, which }) => {
      const payoutId = pick(payoutsOf(world), which)?.payoutId;
      if (!payoutId) return;
      const all = await world.fake.resolutions.ofPayout(PROGRAM_ID, payoutId);
      const open = all.filter(({ status }) => status === 'proposed');
      const resolutionId = pick(open, which)?.resolutionId;
      if (!resolutionId) return;
      await world.decideResolution({
        ...ids,
        payoutId,
        resolutionId,
        decision: 'confirm',
        by: caller.id,
        ownPartners: [],
      });
    },
  },
  report: {
    route: 'receive-bank-report',
    run: async ({ world, caller, which, amount }) => {
      const payout = pick(
        payoutsOf(world).filter(({ endToEndId }) => endToEndId !== undefined),
        which,
      );
      if (!payout) return;
      const isReturn = amount % 2 === 0;
      const booked = { ...bookedOf(payout), ...(isReturn ? { direction: 'CRDT' as const, reason: 'AC04' } : {}) };
      const text = camt([{ ...booked, reference: `R${amount % 7}` }], { messageId: `M${amount % 7}` });
      await world.receive({ ...ids, text, by: caller.id, isOver: () => false });
    },
  },
  confirmEntry: {
    route: 'decide-bank-report-entry',
    run: async ({ world, caller, which }) => {
      const waiting = [...world.bank.stored.values()].filter(({ status }) => status === 'awaiting_confirmation');
      const entryId = pick(waiting, which)?.entryId;
      if (entryId) await world.decideEntry({ ...ids, entryId, decision: 'confirm', by: caller.id, ownPartners: [] });
    },
  },
  matchEntry: {
    route: 'resolve-bank-report-entry',
    run: async ({ world, caller, which, amount }) => {
      const unmatched = [...world.bank.stored.values()].filter(({ status }) => status === 'unmatched');
      const entryId = pick(unmatched, which)?.entryId;
      const payoutId = pick(payoutsOf(world), amount)?.payoutId;
      if (!entryId || !payoutId) return;
      await world.matchEntry({
        ...ids,
        entryId,
        action: 'match',
        payoutId,
        note: 'it is',
        by: caller.id,
        ownPartners: [],
      });
    },
  },
} as const satisfies Record<string, Do>;

/** What happens by itself. */
const EVENTS = {
  goOn: ({ world }) => goOn(world),
  daysPass: async ({ world, which }) => {
    world.time.now += (1 + (which % 3)) * DAY_MS;
    await goOn(world);
  },
  monthEnds: async ({ world }) => {
    const { closedThrough, timeZone } = await world.programs.get(PROGRAM_ID);
    const end = startOfPeriod(nextPeriod(nextPeriod(closedThrough)), world.programs.zone(timeZone));
    world.time.now = Math.max(world.time.now, end + DAY_MS);
  },
  scheduler: async ({ world, id }) => {
    await openDue(world, { by: 'system:scheduler' }, id);
    await goOn(world);
  },
} as const satisfies Record<string, (context: Context) => Promise<void>>;

type Kind = keyof typeof REQUESTS | keyof typeof EVENTS;

/** The way to a payment; it is long, so that these are always there and come more often. */
const WAY: readonly Kind[] = [
  'sell',
  'approve',
  'approve',
  'approve',
  'open',
  'scheduler',
  'goOn',
  'goOn',
  'monthEnds',
];
/** What shuts somebody out of a decision for months: each sequence tries some of it. */
const SOME: readonly Kind[] = [...(Object.keys(REQUESTS) as Kind[]), 'daysPass'];

/** What one sequence is made of. */
export const anyKinds: fc.Arbitrary<readonly Kind[]> = fc
  .subarray([...SOME], { maxLength: 6 })
  .map((some) => [...WAY, ...some]);

export const deedOf = (kinds: readonly Kind[]): fc.Arbitrary<Deed> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    caller: fc.nat(9),
    which: fc.nat(11),
    amount: fc.integer({ min: 1, max: 400 }),
  });

/** How many requests were let in and how many refused, by what they asked for. */
export type Tally = Map<string, { done: number; refused: number }>;

/** Does one deed as a caller; a refusal is an answer. What no use case foresees is thrown on. */
export async function carryOut(
  world: World,
  callers: readonly Principal[],
  deed: Deed,
  at: number,
  tally: Tally,
): Promise<void> {
  const caller = callers[deed.caller % callers.length]!;
  const counted = tally.get(deed.kind) ?? { done: 0, refused: 0 };
  tally.set(deed.kind, counted);
  const context = { world, caller, id: `deed-${at}`, which: deed.which, amount: deed.amount };
  try {
    if (deed.kind in EVENTS) await EVENTS[deed.kind as keyof typeof EVENTS](context);
    else {
      const request: Do = REQUESTS[deed.kind as keyof typeof REQUESTS];
      assertMayCall(caller, request.route);
      await request.run(context);
    }
    counted.done += 1;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    counted.refused += 1;
  }
}
