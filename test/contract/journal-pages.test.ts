import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeJournal } from '#shared/adapters/dynamodb/money/ledger/journal';
import { makeJournalPages } from '#shared/adapters/dynamodb/money/ledger/journal-pages';
import { makeLedger } from '#shared/adapters/dynamodb/money/ledger/ledger';
import type { Journal, JournalPages, Ledger } from '#shared/application/payouts/ledger/ledger-ports';
import { makeListJournalEntries } from '#shared/application/payouts/ledger/list-journal-entries';
import { postingOf } from '#shared/application/payouts/paying/post-statements';
import type { Program } from '#shared/application/programs';
import type { Period } from '#shared/domain/time/instant';
import { aStatement, at } from '#test/support/builders/payouts';
import { makeFakeLedger } from '#test/support/fakes/ledger';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

type Stores = { readonly ledger: Ledger; readonly journal: Journal; readonly pages: JournalPages };

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

const implementations: readonly [string, () => Stores][] = [
  [
    'the real engine',
    () => ({ ledger: makeLedger(table), journal: makeJournal(table), pages: makeJournalPages(table) }),
  ],
  ['the fake', makeFakeLedger],
];

const PROGRAM = { programId: 'acme', createdAt: at('2025-11-01T00:00:00Z') } as Program;
/** Two at one instant, and none in January. */
const POSTED = [
  ['a', '2025-12-02T00:00:00Z'],
  ['b', '2026-02-02T12:00:00Z'],
  ['c', '2026-02-02T12:00:00Z'],
  ['d', '2026-02-28T23:59:59.999Z'],
  ['a', '2026-03-01T00:00:00Z'],
] as const;

describe.each(implementations)('the journal by pages in %s', (_name, make) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = make();
    for (const [index, [partnerId, postedAt]] of POSTED.entries()) {
      const runId = `2026-0${index + 1}.1`;
      const posting = postingOf({
        programId: 'acme',
        run: {
          runId,
          period: '2026-01' as Period,
          decidedAt: at(postedAt),
          summarisedAt: at(postedAt),
          holds: new Set(),
        },
        statement: aStatement({ partnerId, runId }),
        blocked: undefined,
        at: at(postedAt),
      });
      expect(await stores.ledger.post(posting)).toBe('applied');
    }
  });
  const list = makeListWith(() => stores);

  it('lists every entry once, newest or oldest first, whatever the page holds', async () => {
    const oldest = ['a 2025-12', 'b 2026-02', 'c 2026-02', 'd 2026-02', 'a 2026-03'];
    for (const limit of [1, 2, 5, 50]) {
      expect(await all(list, { order: 'oldest', limit })).toEqual(oldest);
      expect(await all(list, { order: 'newest', limit })).toEqual(oldest.toReversed());
    }
  });

  it('includes both ends of a range', async () => {
    const range = { from: at('2026-02-02T12:00:00Z'), to: at('2026-02-28T23:59:59.999Z') };
    expect(await all(list, { order: 'oldest', limit: 2, ...range })).toEqual(['b 2026-02', 'c 2026-02', 'd 2026-02']);
    expect(await all(list, { order: 'newest', limit: 2, ...range, to: at('2026-02-28T23:59:59.998Z') })).toEqual([
      'c 2026-02',
      'b 2026-02',
    ]);
  });

  it('lists the entries of one partner, also by its account', async () => {
    expect(await all(list, { order: 'newest', limit: 1, partnerId: 'a' })).toEqual(['a 2026-03', 'a 2025-12']);
    expect(await all(list, { order: 'oldest', limit: 1, account: 'partner:a:payable' })).toEqual([
      'a 2025-12',
      'a 2026-03',
    ]);
    expect(await all(list, { order: 'oldest', limit: 1, account: 'partner:a:payable', partnerId: 'b' })).toEqual([]);
    expect(await all(list, { order: 'oldest', limit: 9, account: 'cash' })).toEqual([]);
  });

  it('reads an entry by its id', async () => {
    const entry = await stores.pages.get('acme', 'b', 'post~2026-02.1~b~GBP');
    expect(entry?.postings.map(({ account, amountMinor }) => `${account} ${amountMinor}`)).toEqual([
      'expense:commission 12345',
      'partner:b:payable -12345',
    ]);
    expect(await stores.pages.get('acme', 'a', 'post~2026-02.1~b~GBP')).toBeUndefined();
  });
});

type List = ReturnType<typeof makeListJournalEntries>;
type Asked = Omit<Parameters<List>[0], 'programId' | 'cursor'>;

function makeListWith(stores: () => Stores): List {
  const programs = { get: async () => PROGRAM };
  const clock = (): number => Date.parse('2026-04-15T00:00:00Z');
  return (input) => makeListJournalEntries({ programs, ...stores(), clock })(input);
}

async function all(list: List, asked: Asked): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ programId: 'acme', ...asked, cursor });
    expect(page.items.length).toBeLessThanOrEqual(asked.limit);
    found.push(...page.items.map(({ partnerId, postedAt }) => `${partnerId} ${postedAt.slice(0, 7)}`));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
}
