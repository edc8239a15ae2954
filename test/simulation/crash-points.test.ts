import { describe, expect, it } from 'vitest';
import { pain001 } from '#shared/adapters/rails/bank-file';
import { isPending } from '#shared/domain/ledger/payout';
import { ENDINGS, makeCrashPoints, type PaidHouse, twoMonths } from './crash-points.ts';
import { PROGRAM_ID } from './house.ts';
import { faultsOf, finalStatements } from './invariants.ts';

/** What providers and banks were told to pay, a payout an entry. */
function paymentsOf({ rail, provided, documents }: PaidHouse): readonly string[] {
  const inFiles = [...documents.texts.values()].flatMap((text) => pain001.endToEndIdsOf(text));
  return [...rail.paid.keys(), ...provided.stripe, ...provided.paypal, ...inFiles].sort();
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item), 1);

/** All that must be the same to the byte, whatever crashed: not when it was written, nor how often a rail was asked. */
async function bytesOf(house: PaidHouse): Promise<string> {
  const { runs } = house.stored();
  const { items } = await runs.list(PROGRAM_ID, { limit: 100 });
  return text({
    statements: await finalStatements(house),
    runs: items.map(({ runId, contentHash, totals, given, waitingDigest }) => ({
      ...{ runId, contentHash, totals, given: given.map(({ by, decision }) => ({ by, decision })), waitingDigest },
    })),
    files: [...house.documents.texts].sort(),
    payments: paymentsOf(house),
    entries: house.fake.entries
      .map(({ postedAt: _, ...entry }) => entry)
      .sort((a, b) => (a.entryId < b.entryId ? -1 : 1)),
    payouts: [...house.fake.stored.values()]
      .map(({ createdAt: _, updatedAt: __, reservedUntil: ___, changes: ____, ...payout }) => payout)
      .sort((a, b) => (a.payoutId < b.payoutId ? -1 : 1)),
    balances: await Promise.all(house.partners.map(({ partnerId }) => house.fake.balances.of(PROGRAM_ID, partnerId))),
  });
}

/**
 * What says when: a review is as of its reading, and one that was cut off before anybody saw it is read anew; a file is dated by the
 * decision, which was then given a minute later.
 */
const toldWhen: Readonly<Record<string, RegExp>> = {
  summarise: /"contentHash": "[0-9a-f]{64}"/g,
  decide: /<CreDtTm>[^<]*/g,
};

async function expectPaidOnce(house: PaidHouse): Promise<void> {
  const payments = paymentsOf(house);
  expect(new Set(payments).size, 'a payment a key').toBe(payments.length);
  const payouts = [...house.fake.stored.values()];
  const keys = payouts.map(({ payoutId, endToEndId }) => endToEndId ?? payoutId).sort();
  expect(payments, 'each payout is paid, and nothing else').toEqual(keys);
  expect(payouts.filter(({ status }) => status === 'created' || isPending(status))).toEqual([]);
  expect(await faultsOf(house)).toEqual([]);
}

const PHASES = [
  'open',
  'plan',
  'compute',
  'summarise',
  'request',
  'decide',
  'post',
  'submit',
  'write files',
  'complete',
  'settle',
];

describe('a process that ends at any write of a month', () => {
  it('is followed by one that pays each payout once, with whole books and the same bytes', async () => {
    const calm = makeCrashPoints(undefined);
    const undisturbed = await twoMonths(calm);
    await expectPaidOnce(undisturbed);
    const bytes = await bytesOf(undisturbed);
    const writesOf = (phase: string): number => calm.passed.filter((name) => name.startsWith(`${phase} `)).length;
    for (const phase of PHASES) expect(writesOf(phase), phase).toBeGreaterThan(0);

    for (let write = 1; write <= calm.passed.length; write += 1) {
      for (const ending of ENDINGS) {
        const house = await twoMonths(makeCrashPoints({ write, ending }));
        const where = `${ending} write ${write}, ${calm.passed[write - 1]}`;
        try {
          await expectPaidOnce(house);
          const told = toldWhen[calm.passed[write - 1]?.split(' ')[0] ?? ''] ?? /(?!)/g;
          expect((await bytesOf(house)).replaceAll(told, '')).toBe(bytes.replaceAll(told, ''));
        } catch (error) {
          throw new Error(where, { cause: error });
        }
      }
    }
    const phases = PHASES.map((phase) => `${phase} ${writesOf(phase)}`).join(', ');
    process.stdout.write(
      `crash points: ${calm.passed.length} boundaries × ${ENDINGS.length}, all resumed (${phases})\n`,
    );
    expect(calm.passed.length).toBeGreaterThan(60);
  }, 120_000);
});
