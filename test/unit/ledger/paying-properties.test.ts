import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pain001 } from '#shared/adapters/rails/bank-file';
import type { Payee } from '#shared/application/payees';
import type { StatementSummary } from '#shared/application/payouts/ports';
import { accountBalances, CASH, PAYOUTS_IN_TRANSIT, payableChange } from '#shared/domain/ledger/journal';
import { type Payout, type PayoutStatus, RESERVED_STATUSES } from '#shared/domain/ledger/payout';
import type { Period } from '#shared/domain/time/instant';
import { aPayingHalf, type PayingHalf } from '#test/support/builders/paying-half';
import { anApprovedRun, aStatement, at, bankPayee, sandboxPayee } from '#test/support/builders/payouts';
import type { FakeLedger } from '#test/support/fakes/ledger';
import { makeFakeRail } from '#test/support/fakes/rail';

const PARTNERS = ['p1', 'p2'] as const;
const RUN_IDS = ['2026-01.1', '2026-02.1', '2026-03.1'] as const;

/** What happens at one write: nothing, a crash before it, or a crash after it with its answer lost. */
type Fault = 'none' | 'before' | 'after';

type Step =
  | { readonly do: 'close'; readonly earned: readonly bigint[]; readonly hold: boolean }
  | { readonly do: 'post' | 'submit' | 'writeFiles'; readonly run: number }
  /** Tasks and a report that run at the same time. */
  | { readonly do: 'race'; readonly run: number; readonly payout: number }
  | { readonly do: 'report'; readonly payout: number; readonly outcome: 'settled' | 'failed' | 'returned' }
  | { readonly do: 'payee'; readonly partner: number; readonly kind: 'none' | 'bank' | 'sandbox' | 'changed' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('close' as const),
      earned: fc.array(fc.bigInt({ min: -500n, max: 1_000n }), { minLength: 2, maxLength: 2 }),
      hold: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('post', 'submit', 'writeFiles'), run: fc.nat(2) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('race' as const), run: fc.nat(2), payout: fc.nat(5) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      payout: fc.nat(5),
      outcome: fc.constantFrom('settled', 'failed', 'returned'),
    }),
  },
  fc.record({
    do: fc.constant('payee' as const),
    partner: fc.nat(1),
    kind: fc.constantFrom('none', 'bank', 'sandbox', 'changed'),
  }),
) as fc.Arbitrary<Step>;

const history = fc.record({
  steps: fc.array(step, { minLength: 5, maxLength: 40 }),
  faults: fc.infiniteStream(
    fc.oneof({ weight: 6, arbitrary: fc.constant<Fault>('none') }, fc.constantFrom<Fault>('before', 'after')),
  ),
  answers: fc.infiniteStream(fc.constantFrom('accepted', 'accepted', 'unknown', 'rejected')),
});

class Crash extends Error {}

function crashing<A extends readonly unknown[], R>(
  faults: Iterator<Fault>,
  call: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  return async (...args) => {
    const fault = faults.next().value as Fault;
    if (fault === 'before') throw new Crash();
    const answer = await call(...args);
    if (fault === 'after') throw new Crash();
    return answer;
  };
}

function aWorld(given: { faults: Iterator<Fault>; answers: Iterator<'accepted' | 'unknown' | 'rejected'> }) {
  const rail = makeFakeRail(() => given.answers.next().value as 'accepted');
  const statements: StatementSummary[] = [];
  const runs = RUN_IDS.map((runId, index) => ({
    ...anApprovedRun({
      runId,
      period: runId.slice(0, 7) as Period,
      summarisedAt: at(`2026-0${index + 2}-01T00:00:00Z`),
    }),
    holds: [] as string[],
  }));
  const through = (fake: FakeLedger): FakeLedger => ({
    ...fake,
    ledger: { post: crashing(given.faults, fake.ledger.post), change: crashing(given.faults, fake.ledger.change) },
  });
  const half = aPayingHalf({
    statements,
    runs,
    payees: { p1: sandboxPayee(), p2: bankPayee() },
    rail: { ...rail, submit: crashing(given.faults, rail.submit) },
    through,
  });
  return { half, rail, statements, runs, closed: 0, failedByReport: new Set<string>() };
}

type World = ReturnType<typeof aWorld>;

async function take(world: World, { half, statements, runs }: World, one: Step): Promise<void> {
  if (one.do === 'payee') {
    // A change after the newest run was summarised and before the next one.
    const changed = { ...bankPayee(), changedAt: at(`2026-0${world.closed + 1}-15T00:00:00Z`) };
    const payees: Record<string, Payee | undefined> = { bank: bankPayee(), sandbox: sandboxPayee(), changed };
    const payee = payees[one.kind];
    const partnerId = PARTNERS[one.partner] ?? 'p1';
    if (payee) half.payees.set(partnerId, payee);
    else half.payees.delete(partnerId);
  } else if (one.do === 'close') {
    const run = runs[world.closed];
    if (!run) return;
    // A period is computed when the one before is posted and paid, as far as it can be.
    if (world.closed > 0) await finish(half, RUN_IDS[world.closed - 1] ?? '');
    if (one.hold) run.holds.push('p2');
    world.closed += 1;
    for (const [index, partnerId] of PARTNERS.entries()) {
      const [balance] = await half.balances.of('acme', partnerId);
      const openingBalanceMinor = balance ? balance.payableMinor - balance.reservedMinor : 0n;
      const earnedMinor = one.earned[index] ?? 0n;
      const closing = openingBalanceMinor + earnedMinor;
      const payableMinor = closing > 0n ? closing : 0n;
      statements.push(aStatement({ runId: run.runId, partnerId, earnedMinor, openingBalanceMinor, payableMinor }));
    }
  } else if (one.do === 'report') {
    await report(world, one.payout, one.outcome);
  } else if (one.do === 'race') {
    if (one.run >= world.closed) return;
    const input = { programId: 'acme', runId: RUN_IDS[one.run] ?? '', shard: 's1' };
    await Promise.all([
      surviving(() => half.submit(input)),
      surviving(() => half.submit(input)),
      surviving(() => half.writeFiles(input)),
      surviving(() => half.post(input)),
      surviving(() => report(world, one.payout, 'settled')),
      surviving(() => report(world, one.payout, 'returned')),
    ]);
  } else {
    const runId = RUN_IDS[one.run] ?? '';
    if (one.run < world.closed) await half[one.do]({ programId: 'acme', runId, shard: 's1' });
  }
}

async function report(world: World, index: number, outcome: 'settled' | 'failed' | 'returned'): Promise<void> {
  const payout = [...world.half.stored.values()].sort((a, b) => (a.payoutId < b.payoutId ? -1 : 1))[index];
  // A rail reports only on what was handed to it.
  if (!payout || !isAtRail(world, payout)) return;
  if (outcome === 'failed') world.failedByReport.add(payout.payoutId);
  await world.half.settle({ programId: 'acme', payoutId: payout.payoutId, outcome });
}

function isAtRail({ rail, half }: World, payout: Payout): boolean {
  if (rail.paid.has(payout.payoutId)) return true;
  return payout.endToEndId !== undefined && endToEndIds(half).includes(payout.endToEndId);
}

function endToEndIds(half: PayingHalf): readonly string[] {
  return [...half.documents.texts.values()].flatMap((text) => pain001.endToEndIdsOf(text));
}

/** As the workflow does: each task again until it ends without a crash. */
async function finish(half: PayingHalf, runId: string): Promise<void> {
  for (const task of ['post', 'submit', 'writeFiles'] as const) {
    await surviving(() => half[task]({ programId: 'acme', runId, shard: 's1' }));
  }
}

async function surviving(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
  }
}

/** What the workflow repeats: a crash, or a file that a racing writer stored with more payouts in it. */
function isPassing(error: unknown): boolean {
  return error instanceof Crash || (error instanceof Error && error.message.endsWith('claimed meanwhile: repeat'));
}

const sumOf = (payouts: readonly Payout[], ...statuses: readonly PayoutStatus[]): bigint =>
  payouts.filter((payout) => statuses.includes(payout.status)).reduce((sum, one) => sum + one.amountMinor, 0n);

async function expectWholeBooks({ half, rail, failedByReport }: World): Promise<void> {
  const { files, documents } = half;
  const payouts = [...half.stored.values()];
  for (const partnerId of PARTNERS) {
    const own = payouts.filter((payout) => payout.partnerId === partnerId);
    const [balance] = await half.balances.of('acme', partnerId);
    const folded = half.entries
      .filter((entry) => entry.partnerId === partnerId)
      .reduce((sum, entry) => sum + payableChange(entry), 0n);
    expect(balance?.payableMinor ?? 0n).toBe(folded);
    expect(balance?.reservedMinor ?? 0n).toBe(sumOf(own, ...RESERVED_STATUSES));
  }
  const house = accountBalances(half.entries);
  expect(house.get(PAYOUTS_IN_TRANSIT)?.get('GBP') ?? 0n).toBe(-sumOf(payouts, 'submitted'));
  expect(house.get(CASH)?.get('GBP') ?? 0n).toBe(-sumOf(payouts, 'settled'));
  for (const file of (await Promise.all(RUN_IDS.map((runId) => files.list('acme', runId)))).flat()) {
    const ids = pain001.endToEndIdsOf(documents.texts.get(file.documentKey) ?? '');
    const inIt = payouts.filter((payout) => payout.endToEndId !== undefined && ids.includes(payout.endToEndId));
    expect([file.count, file.controlSumMinor]).toEqual([
      ids.length,
      inIt.reduce((sum, one) => sum + one.amountMinor, 0n),
    ]);
  }
  // Each payout left at most once, by one rail, and what left is not free to be paid again.
  const inFiles = endToEndIds(half);
  expect(new Set(inFiles).size).toBe(inFiles.length);
  for (const payout of payouts) {
    const inFile = payout.endToEndId !== undefined && inFiles.includes(payout.endToEndId);
    const atSandbox = rail.paid.has(payout.payoutId);
    expect(inFile && atSandbox).toBe(false);
    if (inFile || atSandbox) expect(payout.status).not.toBe('created');
    if ((inFile || atSandbox) && payout.status === 'failed') expect(failedByReport).toContain(payout.payoutId);
    if (['submitted', 'settled', 'returned'].includes(payout.status)) expect(inFile || atSandbox).toBe(true);
    if (atSandbox) expect(rail.paid.get(payout.payoutId)?.amountMinor).toBe(payout.amountMinor);
  }
}

describe('any history of posting, paying, reports, payee changes and crashes', () => {
  it('keeps whole books and pays nothing twice', async () => {
    let payments = 0;
    await fc.assert(
      fc.asyncProperty(history, async ({ steps, faults, answers }) => {
        const world = aWorld({ faults: faults[Symbol.iterator](), answers: answers[Symbol.iterator]() as never });
        for (const one of steps) {
          // A crashed step is tried again at once or left; either way the books stay whole.
          try {
            await take(world, world, one);
          } catch (error) {
            if (!isPassing(error)) throw error;
          }
          await expectWholeBooks(world);
        }
        for (const runId of RUN_IDS.slice(0, world.closed)) await finish(world.half, runId);
        await expectWholeBooks(world);
        payments += world.rail.paid.size + endToEndIds(world.half).length;
      }),
      { numRuns: 1_000 },
    );
    // A history in which nobody is paid proves little.
    expect(payments).toBeGreaterThan(100);
  }, 60_000);
});
