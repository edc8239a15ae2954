import { spawnSync } from 'node:child_process';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { makeExportLedger } from '#shared/application/payouts/ledger/export-ledger';
import { DEFAULT_CONTROLS, DEFAULT_PAYOUT_RULES, type Program } from '#shared/application/programs';
import { exportLedgerRoute } from '#shared/contracts/payouts/ledger/export-ledger';
import { DEFAULT_SETTINGS } from '#shared/contracts/payouts/programs/program-settings';
import {
  accountBalances,
  EXPENSE_COMMISSION,
  type JournalEntry,
  journalEntry,
  payableAccount,
  statementPostings,
  transfer,
} from '#shared/domain/ledger/journal';
import { toDecimal } from '#shared/domain/money/minor-units';
import type { Period } from '#shared/domain/time/instant';
import { at } from '#test/support/builders/payouts';

const PROGRAM: Program = {
  programId: 'acme',
  name: 'Acme; partners | "A"',
  currency: 'GBP',
  timeZone: 'Europe/London',
  holdDays: 0,
  minimumPayoutMinor: 0n,
  booksOpenFrom: '2026-01' as Period,
  ...DEFAULT_SETTINGS,
  settingsVersion: 0,
  approvals: { required: 2 },
  payouts: DEFAULT_PAYOUT_RULES,
  policyVersion: 0,
  controls: DEFAULT_CONTROLS,
  controlsVersion: 0,
  closedThrough: '2025-12' as Period,
  createdAt: at('2025-12-15T00:00:00Z'),
};

const anEntry = (over: Partial<JournalEntry> & { amountMinor?: bigint } = {}): JournalEntry => {
  const { amountMinor = 1_234n, ...rest } = over;
  const partnerId = rest.partnerId ?? 'p1';
  return journalEntry({
    entryId: `post~${partnerId}`,
    programId: 'acme',
    partnerId,
    postedAt: at('2026-02-02T12:00:00Z'),
    kind: 'statement',
    currency: 'GBP',
    postings: transfer(EXPENSE_COMMISSION, payableAccount(partnerId), amountMinor),
    links: { statementId: 's1' },
    description: 'Statement of 2026-01: s1',
    ...rest,
  });
};

const exportOf = (...entries: readonly JournalEntry[]): ReturnType<typeof makeExportLedger> =>
  makeExportLedger({
    journal: {
      async *ofMonth(_programId, month) {
        yield* entries.filter((entry) => entry.postedAt.startsWith(month));
      },
    },
    program: async () => PROGRAM,
    clock: () => Date.parse('2026-03-31T00:00:00Z'),
  });

const SOME = [
  anEntry(),
  anEntry({ partnerId: 'a:b:', amountMinor: -50n, description: 'Two;  odd | payee\nlines' }),
  anEntry({ partnerId: 'lost', postings: statementPostings('lost', 50n, 350n) }),
  anEntry({ partnerId: 'jp', currency: 'JPY', amountMinor: 700n }),
  anEntry({ partnerId: 'kw', currency: 'KWD', amountMinor: 1_005n, postedAt: at('2026-03-01T00:00:00Z') }),
];

const hasHledger = spawnSync('hledger', ['--version']).error === undefined;
if (!hasHledger) console.warn('hledger is not on PATH: its checks are skipped. On Debian: apt-get install hledger');
const hledger = (journal: string, ...args: readonly string[]): { status: number | null; out: string } => {
  const { status, stdout, stderr } = spawnSync('hledger', ['-f', '-', ...args], { input: journal, encoding: 'utf8' });
  return { status, out: stdout + stderr };
};

describe('the journal for hledger', () => {
  it('writes an entry with its links, exact amounts and declared accounts', async () => {
    const journal = await exportOf(anEntry())({ programId: 'acme', format: 'hledger' });
    expect(journal).toBe(`; Acme, partners / "A": journal of programme acme
decimal-mark .
commodity GBP 1000.00
account expense:commission
account partner:p1:payable

2026-02-02 * Statement of 2026-01: s1
    ; entry:post~p1
    ; posted:2026-02-02T12:00:00.000Z
    ; statement:s1
    expense:commission  GBP 12.34
    partner:p1:payable  GBP -12.34
`);
  });

  // In CI a missing hledger is a failure: the export must be proven there.
  it.skipIf(!hasHledger && process.env.CI !== 'true')(
    'passes hledger check, also for odd names (needs hledger: apt-get install hledger)',
    async () => {
      const journal = await exportOf(...SOME)({ programId: 'acme', format: 'hledger' });
      expect(hledger(journal, 'check', '--strict', 'ordereddates')).toEqual({ status: 0, out: '' });
    },
  );

  it.skipIf(!hasHledger && process.env.CI !== 'true')(
    'is refused by hledger when one amount is off (needs hledger)',
    async () => {
      const journal = await exportOf(...SOME)({ programId: 'acme', format: 'hledger' });
      expect(hledger(journal.replace('GBP -12.34', 'GBP -12.35'), 'check', '--strict').status).not.toBe(0);
    },
  );

  it.skipIf(!hasHledger && process.env.CI !== 'true')(
    'has the same balances in hledger as here (needs hledger)',
    async () => {
      const journal = await exportOf(...SOME)({ programId: 'acme', format: 'hledger' });
      const { out } = hledger(journal, 'balance', '--flat', '--no-total', '-O', 'csv', '--layout', 'bare');
      const theirs = (parse(out, { columns: true }) as Record<string, string>[]).map(
        (row) => `${row.account} ${row.commodity} ${row.balance}`,
      );
      const ours = [...accountBalances(SOME)].flatMap(([account, balances]) =>
        [...balances].map(
          ([currency, minor]) => `${account.replace('a:b:', 'a%3Ab%3A')} ${currency} ${toDecimal(minor, currency)}`,
        ),
      );
      expect(theirs.sort()).toEqual(ours.sort());
    },
  );
});

describe('the journal as CSV', () => {
  const rows = async (...entries: readonly JournalEntry[]): Promise<Record<string, string>[]> =>
    parse(await exportOf(...entries)({ programId: 'acme', format: 'csv' }), { columns: true, recordDelimiter: '\r\n' });

  it('has one row a posting, with exact decimals', async () => {
    expect(await rows(anEntry())).toMatchObject([
      { account: 'expense:commission', amount: '12.34', amount_minor: '1234', currency: 'GBP', statement_id: 's1' },
      { account: 'partner:p1:payable', amount: '-12.34', amount_minor: '-1234' },
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])('runs no formula for a description of %j', async (description) => {
    const [row] = await rows(anEntry({ description }));
    expect(row?.description).toBe(`'${description}`);
  });

  it('quotes commas, quotes and line ends (RFC 4180)', async () => {
    const [row] = await rows(anEntry({ description: 'a, "b"\r\nc' }));
    expect(row?.description).toBe('a, "b"\r\nc');
  });
});

describe('an export', () => {
  /** As the border reads them. */
  const query = (given: { from: string; to: string }) => {
    const { from, to } = exportLedgerRoute.query.parse(given);
    return { from, to };
  };

  it('holds the entries of its range, both days included', async () => {
    const dates = ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'];
    const entries = dates.map((date) => anEntry({ partnerId: date, postedAt: at(`${date}T23:59:59.999Z`) }));
    const journal = await exportOf(...entries)({
      programId: 'acme',
      format: 'hledger',
      ...query({ from: '2026-02-01', to: '2026-02-28' }),
    });
    expect(journal.match(/^2026-\d\d-\d\d/gm)).toEqual(['2026-02-01', '2026-02-28']);
  });

  it('begins with the programme and ends today when no range is given', async () => {
    const entries = [
      anEntry({ partnerId: 'first', postedAt: at('2025-12-31T00:00:00Z') }),
      anEntry({ partnerId: 'last', postedAt: at('2026-03-31T00:00:00Z') }),
    ];
    const journal = await exportOf(...entries)({ programId: 'acme', format: 'hledger' });
    expect(journal.match(/^\d{4}-\d\d-\d\d/gm)).toEqual(['2025-12-31', '2026-03-31']);
  });

  it('of a range that ends before it starts is refused', async () => {
    await expect(
      exportOf()({ programId: 'acme', format: 'csv', ...query({ from: '2026-03-01', to: '2026-02-01' }) }),
    ).rejects.toMatchObject({ code: 'invalid_request', errors: [{ pointer: 'query:to' }] });
  });

  it('that would not fit into one answer is refused', async () => {
    const many = Array.from({ length: 15_001 }, () => anEntry());
    await expect(exportOf(...many)({ programId: 'acme', format: 'csv' })).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('Narrow it'),
      errors: [{ pointer: 'query:to', rule: expect.stringContaining('before 2026-02-02T12:00:00.000Z') }],
    });
  });

  it('narrows down to a part of a day', async () => {
    const times = ['11:59:59.999', '12:00:00.000', '12:00:01.000', '12:00:01.001'];
    const entries = times.map((time) => anEntry({ partnerId: time, postedAt: at(`2026-02-02T${time}Z`) }));
    const range = query({ from: '2026-02-02T13:00:00+01:00', to: '2026-02-02T12:00:01Z' });
    const csv = await exportOf(...entries)({ programId: 'acme', format: 'csv', ...range });
    expect(csv.match(/partner:[\d:.]+/g)).toEqual(['partner:12:00:00.000:', 'partner:12:00:01.000:']);
  });
});
