import { describe, expect, it } from 'vitest';
import type { StoredEntry } from '#shared/application/payouts/bank-reports/bank-report-ports';
import { makeDifferences } from '#shared/application/payouts/proof/verify-differences';
import { verifyPayoutHistories } from '#shared/application/payouts/proof/verify-payout-history';
import { applyStep, type Payout, type PayoutStep } from '#shared/domain/ledger/payout';
import type { PayoutRecord } from '#shared/domain/ledger/payout-history';
import type { PayoutResolution } from '#shared/domain/ledger/payout-resolution';
import { aPayout, at } from '#test/support/builders/payouts';
import { makeFakeLedger } from '#test/support/fakes/ledger';

const STEPS: readonly PayoutStep[] = [
  { type: 'claim', rail: 'stripe', runId: '2026-01.1' },
  { type: 'no_answer' },
  { type: 'accepted', reference: 'tr_1' },
  { type: 'settled' },
  { type: 'returned', reason: 'closed' },
];

/** What `verify` names of one payout after its steps, when its stored history or the payout reads otherwise. */
async function found(
  seen: {
    payout?: Partial<Payout>;
    records?: (records: readonly PayoutRecord[]) => readonly PayoutRecord[];
    resolutions?: readonly PayoutResolution[];
    bankEntries?: readonly StoredEntry[];
  } = {},
  created: Partial<Payout> = {},
  steps: readonly PayoutStep[] = STEPS,
): Promise<readonly string[]> {
  const fake = makeFakeLedger();
  let payout = aPayout(created);
  await fake.ledger.post({ programId: 'acme', partnerId: 'p1', currency: 'GBP', postedAt: payout.createdAt, payout });
  for (const [index, step] of steps.entries()) {
    const change = applyStep(payout, step, at(`2026-02-0${index + 3}T00:00:00Z`))!;
    await fake.ledger.change(change);
    payout = change.payout;
  }
  payout = { ...payout, ...seen.payout };
  const records = await fake.history.of('acme', payout.payoutId);
  const differences = makeDifferences();
  await verifyPayoutHistories(
    {
      history: { of: async () => seen.records?.(records) ?? records },
      payouts: { getMany: async () => [payout] },
      resolutions: { ofPayout: async () => seen.resolutions ?? [] },
      bankEntries: { getMany: async () => seen.bankEntries ?? [] },
    },
    { partnerId: 'p1', payouts: [payout], entries: fake.entries, balances: [] },
    differences,
  );
  return differences.found.map(({ field, stored, recomputed }) => `${field} | ${stored} | ${recomputed}`);
}

describe('the history of a payout', () => {
  it('leads to the payout and its entries, on each way', async () => {
    expect(await found()).toEqual([]);
    expect(await found({}, { blockedReason: 'payee_incomplete' })).toEqual([]);
    expect(await found({}, {}, [])).toEqual([]);
    const kept: PayoutStep[] = [
      { type: 'claim', rail: 'bank_file', runId: '2026-01.1', endToEndId: 'TS1' },
      { type: 'keep_back', runId: '2026-01.1', blockedReason: 'payee_changed' },
      { type: 'claim', rail: 'bank_file', runId: '2026-02.1', endToEndId: 'TS1' },
      { type: 'rejected', reason: 'left' },
    ];
    expect(await found({}, {}, kept)).toEqual([]);
  });

  it('that lost its first, a middle or its last record is named', async () => {
    const without = (one: number) => found({ records: (all) => all.filter(({ sequence }) => sequence !== one) });
    for (const one of [1, 3, 5]) expect(await without(one)).toEqual(['changes in its history | 4 | 5']);
  });

  it('that was rewritten is named by what it leads to', async () => {
    const rewritten = (index: number, over: Partial<PayoutRecord>) =>
      found({ records: (all) => all.map((record, at) => (at === index ? { ...record, ...over } : record)) });
    expect(await rewritten(1, { to: 'failed' })).toContain('change 3, from | unknown | failed');
    expect(await rewritten(3, { step: { type: 'failed' } })).toContain('change 4, failed leads to | settled | failed');
    expect(await rewritten(0, { step: { type: 'settled' } })).toEqual([
      'change 1, settled leads to | submitting | nothing',
    ]);
    expect(await rewritten(2, { at: at('2026-02-05T00:00:01Z') })).toContain(
      'entry submit~po~2026-01.1~p1~GBP by its history | 2026-02-05T00:00:00.000Z | 2026-02-05T00:00:01.000Z',
    );
  });

  it('says when the payout is not what it came to', async () => {
    expect(await found({ payout: { status: 'settled' } })).toContain('by its history, status | settled | returned');
    const moved = await found({ payout: { railReference: 'tr_2' } });
    expect(moved).toEqual(['by its history, railReference | tr_2 | tr_1']);
  });

  it('of a payout from before there was one must end where the payout is', async () => {
    const before = { status: 'submitting', rail: 'sandbox' } as const;
    expect(await found({}, before, [{ type: 'accepted' }])).toEqual([]);
    const other = await found({ payout: { status: 'settled' } }, before, [{ type: 'accepted' }]);
    expect(other).toEqual(['status | settled | submitted']);
  });

  it('that rests on what people say has their resolution, by two of them', async () => {
    const evidence = { source: 'person', resolutionId: 'r1', proposedBy: 'person:a' } as const;
    const records = (all: readonly PayoutRecord[]) =>
      all.map((one) => (one.sequence === 5 ? { ...one, by: 'person:b', evidence } : one));
    const resolution = {
      ...{ resolutionId: 'r1', proposedBy: 'person:a', status: 'confirmed' },
      decision: { decision: 'confirm', by: 'person:b', at: at('2026-02-07T00:00:00Z') },
    } as PayoutResolution;
    expect(await found({ records, resolutions: [resolution] })).toEqual([]);
    expect(await found({ records })).toEqual([
      'change 5, its resolution | missing | confirmed',
      'change 5, confirmed by | person:b | nothing',
      'change 5, proposed by | person:a | nothing',
    ]);
    expect(await found({ records, resolutions: [{ ...resolution, onBehalfOf: 'person:b' }] })).toEqual([
      'change 5, people behind it | 1 | 2',
    ]);
  });

  it('that rests on a bank has the entry of its message, and what was given back two people', async () => {
    const evidence = {
      source: 'bank_report',
      reference: 'e1',
      documentSha256: 'file',
      proposedBy: 'person:a',
    } as const;
    const records = (all: readonly PayoutRecord[]) =>
      all.map((one) => (one.sequence === 5 ? { ...one, by: 'person:b', evidence } : one));
    const decision = { decision: 'confirm', by: 'person:b', at: at('2026-02-07T00:00:00Z') } as const;
    const entry = {
      ...{ entryId: 'e1', payoutId: 'po~2026-01.1~p1~GBP', currency: 'GBP', reportId: 'file', proposedBy: 'person:a' },
      decision,
    } as StoredEntry;
    const isFound = (over: Partial<StoredEntry>) => found({ records, bankEntries: [{ ...entry, ...over }] });
    expect(await isFound({})).toEqual([]);
    expect(await found({ records })).toEqual(['change 5, its bank entry is of | missing | po~2026-01.1~p1~GBP']);
    expect(await isFound({ payoutId: 'po~2026-01.1~p2~GBP' })).toHaveLength(1);
    expect(await isFound({ currency: 'EUR' })).toEqual(['change 5, its bank entry, currency | EUR | GBP']);
    expect(await isFound({ reportId: 'other' })).toEqual(['change 5, its bank report | file | other']);
    expect(await isFound({ proposedBy: 'person:b' })).toEqual(['change 5, people behind it | 1 | 2']);
    expect(await isFound({ decision: undefined, proposedBy: 'person:b' })).toEqual([
      'change 5, its bank entry is decided | missing | confirm',
    ]);
    expect(await isFound({ decision: { ...decision, by: 'person:c' } })).toEqual([
      'change 5, said by | person:b | person:c',
    ]);
  });

  it('of a payout by file ends by what a bank or people said, never by itself', async () => {
    const claim: PayoutStep = { type: 'claim', rail: 'bank_file', runId: '2026-01.1', endToEndId: 'TS1' };
    expect(await found({}, {}, [claim, { type: 'accepted' }])).toEqual([]);
    expect(await found({}, {}, [claim, { type: 'accepted' }, { type: 'settled' }, { type: 'returned' }])).toEqual([
      'change 3, its evidence | missing | bank_report',
      'change 4, its evidence | missing | bank_report',
    ]);
  });
});
