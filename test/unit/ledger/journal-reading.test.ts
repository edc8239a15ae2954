import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeExportLedger } from '#shared/application/payouts/ledger/export-ledger';
import { makeGetJournalEntry } from '#shared/application/payouts/ledger/get-journal-entry';
import { makeListBalances } from '#shared/application/payouts/ledger/list-balances';
import { makeListJournalEntries } from '#shared/application/payouts/ledger/list-journal-entries';
import { makeListLedgerAccounts } from '#shared/application/payouts/ledger/list-ledger-accounts';
import type { Program } from '#shared/application/programs';
import { ALL_PAYABLES } from '#shared/domain/ledger/accounts';
import {
  CASH,
  EXPENSE_COMMISSION,
  type JournalEntry,
  journalEntry,
  PAYOUTS_IN_TRANSIT,
  partnerOfAccount,
  payableAccount,
  statementPostings,
  transfer,
} from '#shared/domain/ledger/journal';
import { toEpochMs } from '#shared/domain/time/instant';
import { at } from '#test/support/builders/payouts';
import { makeFakeLedger } from '#test/support/fakes/ledger';

const PROGRAM = { programId: 'acme', createdAt: at('2025-12-15T00:00:00Z'), name: 'Acme' } as Program;
const programs = { get: async () => PROGRAM };
const NOW = at('2026-03-31T00:00:00Z');
const clock = (): number => toEpochMs(NOW);

const journalOf = (entries: readonly JournalEntry[]) => ({
  async *ofMonth(_programId: string, month: string) {
    yield* entries
      .filter((entry) => entry.postedAt.startsWith(month))
      .sort((a, b) => (a.postedAt < b.postedAt ? -1 : 1));
  },
  async *ofPartner(_programId: string, partnerId: string) {
    yield* entries.filter((entry) => entry.partnerId === partnerId);
  },
});

let entriesMade = 0;
function anEntry(over: Partial<JournalEntry> = {}): JournalEntry {
  entriesMade += 1;
  const partnerId = over.partnerId ?? 'p1';
  return journalEntry({
    entryId: `post~2026-01.${entriesMade}~${partnerId}~GBP`,
    programId: 'acme',
    partnerId,
    postedAt: at('2026-02-02T12:00:00Z'),
    kind: 'statement',
    currency: 'GBP',
    postings: transfer(EXPENSE_COMMISSION, payableAccount(partnerId), 1_000n),
    links: {},
    description: 'x',
    ...over,
  });
}

const anyEntry = fc
  .record({
    partnerId: fc.constantFrom('a', 'b:c', 'd'),
    currency: fc.constantFrom('GBP', 'JPY'),
    amount: fc.bigInt(-(10n ** 9n), 10n ** 9n).filter((amount) => amount !== 0n),
    writtenOff: fc.bigInt(0n, 1_000n),
    kind: fc.constantFrom('statement' as const, 'submission' as const, 'settlement' as const),
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.constantFrom('2026-01', '2026-02'),
  })
  .map(({ partnerId, amount, writtenOff, day, month, ...rest }) => {
    const postings = {
      statement: statementPostings(partnerId, amount, writtenOff),
      submission: transfer(payableAccount(partnerId), PAYOUTS_IN_TRANSIT, amount),
      settlement: transfer(PAYOUTS_IN_TRANSIT, CASH, amount),
    }[rest.kind];
    return anEntry({
      ...rest,
      partnerId,
      postings,
      postedAt: at(`${month}-${String(day).padStart(2, '0')}T00:00:00Z`),
    });
  });

describe('the balance of each account', () => {
  it('adds up to zero in each currency, and to what the exported journal says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEntry, { maxLength: 20 }), fc.integer({ min: 1, max: 28 }), async (entries, day) => {
        const asOf = at(`2026-02-${String(day).padStart(2, '0')}T00:00:00Z`);
        const journal = journalOf(entries);
        const { accounts } = await makeListLedgerAccounts({ programs, journal, clock })({ programId: 'acme', asOf });
        const text = await makeExportLedger({ journal, program: programs.get, clock })({
          programId: 'acme',
          format: 'csv',
          to: asOf,
        });
        const exported = new Map<string, bigint>();
        for (const row of parse(text, { columns: true }) as Record<string, string>[]) {
          const account = partnerOfAccount(row.account ?? '') === undefined ? row.account : ALL_PAYABLES;
          const key = `${row.currency} ${account}`;
          exported.set(key, (exported.get(key) ?? 0n) + BigInt(row.amount_minor ?? ''));
        }
        expect(new Map(accounts.map((one) => [`${one.currency} ${one.account}`, one.balanceMinor]))).toEqual(exported);
        const sums = new Map<string, bigint>();
        for (const { currency, balanceMinor } of accounts) {
          sums.set(currency, (sums.get(currency) ?? 0n) + balanceMinor);
        }
        expect([...sums.values()].every((sum) => sum === 0n)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('tells debits and credits apart, and of how many partners the payables are', async () => {
    const journal = journalOf([
      anEntry(),
      anEntry({ partnerId: 'p2', postings: transfer(EXPENSE_COMMISSION, payableAccount('p2'), -300n) }),
    ]);
    const found = await makeListLedgerAccounts({ programs, journal, clock })({ programId: 'acme' });
    expect(found).toEqual({
      asOf: NOW,
      entries: 2,
      accounts: [
        { account: EXPENSE_COMMISSION, currency: 'GBP', balanceMinor: 700n, debitMinor: 1_000n, creditMinor: 300n },
        {
          account: ALL_PAYABLES,
          currency: 'GBP',
          balanceMinor: -700n,
          debitMinor: 300n,
          creditMinor: 1_000n,
          partners: 2,
        },
      ],
    });
  });

  it('refuses a time to come, a journal that is too long, and sums that no number states', async () => {
    const huge = transfer(EXPENSE_COMMISSION, payableAccount('p1'), 2n ** 53n);
    const ask = (entries: readonly JournalEntry[], asOf = NOW, reads = 9) =>
      makeListLedgerAccounts({
        programs,
        journal: journalOf(entries),
        clock,
        limits: { reads, partners: 1, seconds: 1 },
      })({ programId: 'acme', asOf });
    await expect(ask([], at('2026-04-01T00:00:00Z'))).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(ask([anEntry(), anEntry()], NOW, 1)).rejects.toMatchObject({
      code: 'liability_too_large',
      message: expect.stringContaining('Export the journal'),
    });
    await expect(ask([anEntry({ postings: huge })])).rejects.toMatchObject({ code: 'amount_out_of_range' });
  });
});

describe('the journal, listed', () => {
  const list = makeListJournalEntries({ programs, journal: journalOf([]), pages: makeFakeLedger().pages, clock });
  const asked = { programId: 'acme', order: 'newest', limit: 10 } as const;

  it.each([
    'x',
    Buffer.from('["2026-13"]').toString('base64url'),
    Buffer.from('["2020-01"]').toString('base64url'),
    Buffer.from('["2026-02-02T12:00:00.000Z","other"]').toString('base64url'),
    Buffer.from('["2031-02-02T12:00:00.000Z","post~2026-01.1~p1~GBP"]').toString('base64url'),
    Buffer.from('["2026-02-02","post~2026-01.1~p1~GBP"]').toString('base64url'),
  ])('refuses the cursor %s, which it never gave', async (cursor) => {
    await expect(list({ ...asked, cursor })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: 'query:cursor' }],
    });
  });

  it('refuses a range that ends before it starts', async () => {
    const range = { from: at('2026-02-02T00:00:00Z'), to: at('2026-02-01T00:00:00Z') };
    await expect(list({ ...asked, ...range })).rejects.toMatchObject({ errors: [{ pointer: 'query:to' }] });
  });

  it('answers a short page with a cursor rather than read on for ever', async () => {
    const old = { ...PROGRAM, createdAt: at('2000-01-01T00:00:00Z') };
    const reads: string[] = [];
    const pages = {
      ...makeFakeLedger().pages,
      ofMonth: async (_programId: string, { month }: { month: string }) => {
        reads.push(month);
        return { items: [], more: false };
      },
    };
    const ask = makeListJournalEntries({ programs: { get: async () => old }, journal: journalOf([]), pages, clock });
    const page = await ask(asked);
    expect(page.items).toEqual([]);
    expect(reads).toHaveLength(30);
    await ask({ ...asked, cursor: page.nextCursor });
    expect(new Set(reads).size).toBe(60);
  });
});

describe('an entry of the journal', () => {
  const taken = anEntry();
  const back = anEntry({ entryId: `return~po~2026-01.7~p1~GBP`, kind: 'return', links: { reverses: taken.entryId } });
  const pages = {
    get: async (_programId: string, partnerId: string, entryId: string) =>
      partnerId === 'p1' ? [taken, back].find((entry) => entry.entryId === entryId) : undefined,
  };
  const read = makeGetJournalEntry({ programs, journal: journalOf([taken, back]), pages });

  it('says which one took it back', async () => {
    expect(await read({ programId: 'acme', entryId: taken.entryId })).toEqual({ ...taken, reversedBy: back.entryId });
    expect(await read({ programId: 'acme', entryId: back.entryId })).toEqual(back);
  });

  it.each(['x', 'post~2026-01.1~p2~GBP', 'post~po~2026-01.1~p1~GBP'])('is not found as %s', async (entryId) => {
    await expect(read({ programId: 'acme', entryId })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('balances of all partners', () => {
  const ids = ['a', 'b', 'c'];
  const list = makeListBalances({
    programs,
    partners: {
      listIds: async (_programId, { after = '', limit }) => ids.filter((id) => id > after).slice(0, limit),
    },
    balance: async ({ partnerId, asOf }) => ({
      partnerId,
      balances: [{ currency: 'GBP', payableMinor: 1n, reservedMinor: 0n, asOf: asOf ?? NOW }],
    }),
    clock,
  });

  it('are paged by partner id and asked for the same instant', async () => {
    const asOf = at('2026-02-01T00:00:00Z');
    const first = await list({ programId: 'acme', asOf, limit: 2 });
    expect(first.items.map(({ partnerId, balances }) => [partnerId, balances[0]?.asOf])).toEqual([
      ['a', asOf],
      ['b', asOf],
    ]);
    const second = await list({ programId: 'acme', asOf, limit: 2, cursor: first.nextCursor });
    expect(second).toMatchObject({ items: [{ partnerId: 'c' }] });
    expect(second.nextCursor).toBeUndefined();
  });

  it('refuse a cursor that is none, and a time to come', async () => {
    await expect(list({ programId: 'acme', limit: 2, cursor: '#' })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(list({ programId: 'acme', limit: 2, asOf: at('2026-05-01T00:00:00Z') })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});
