import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBankEntries, makeBankReports } from '#shared/adapters/dynamodb/money/bank-reports/bank-reports';
import {
  type BankEntries,
  type BankReport,
  type BankReports,
  NO_COUNTS,
  type StoredEntry,
} from '#shared/application/payouts/bank-reports/bank-report-ports';
import { at, sha256 } from '#test/support/builders/payouts';
import { makeFakeBankReports } from '#test/support/fakes/bank-reports';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table.stop());

const aReport = (name: string, over: Partial<BankReport> = {}): BankReport => ({
  reportId: sha256(name),
  programId: 'acme',
  kind: 'camt.053',
  messageId: name,
  documentKey: `acme/bank-reports/${sha256(name)}.xml`,
  receivedAt: at('2026-02-03T08:00:00Z'),
  receivedBy: 'person:finn',
  status: 'processing',
  processed: 0,
  counts: NO_COUNTS,
  ...over,
});
const anEntry = (name: string, over: Partial<StoredEntry> = {}): StoredEntry => ({
  entryId: sha256(name).slice(0, 32),
  programId: 'acme',
  kind: 'camt.053',
  reportId: sha256('report'),
  ordinal: 0,
  recordedAt: at('2026-02-03T08:00:00Z'),
  status: 'unmatched',
  says: 'settled',
  bankStatus: 'BOOK',
  reference: name,
  amountMinor: 9_007_199_254_740_993n,
  currency: 'EUR',
  direction: 'debit',
  rule: 'unknown_reference',
  proposedBy: 'person:finn',
  seen: { 'camt.053': 'B1' },
  version: 1,
  ...over,
});

type Stores = { readonly reports: BankReports; readonly entries: BankEntries };
const engines: readonly (readonly [string, () => Stores])[] = [
  ['the real engine', () => ({ reports: makeBankReports(table), entries: makeBankEntries(table) })],
  ['the fake', makeFakeBankReports],
];

describe.each(engines)("banks' reports on %s", (engine, open) => {
  it('are created once, moved on from where they are, and paged from the newest', async () => {
    const { reports } = open();
    const first = aReport(`${engine}-1`);
    const second = aReport(`${engine}-2`, { receivedAt: at('2026-02-04T08:00:00Z') });
    expect([await reports.create(first), await reports.create(first), await reports.create(second)]).toEqual([
      'applied',
      'refused',
      'applied',
    ]);
    const results = [{ entryId: 'e1', alreadyKnown: false }];
    const moved: BankReport = { ...first, processed: 1, entryCount: 2, counts: { ...NO_COUNTS, booked: 1 } };
    expect(await reports.advance(moved, { from: 0, results })).toBe('applied');
    expect(await reports.advance(moved, { from: 0, results: [] })).toBe('refused');
    expect(await reports.get('acme', first.reportId)).toEqual(moved);
    const interruptedAt = at('2026-02-03T08:01:00Z');
    expect(await reports.interrupt(first, interruptedAt)).toBe('refused');
    expect(await reports.interrupt(moved, interruptedAt)).toBe('applied');
    expect(await reports.get('acme', first.reportId)).toEqual({ ...moved, interruptedAt });
    const done: BankReport = { ...moved, processed: 2, status: 'done' };
    expect(await reports.advance(done, { from: 1, results: [] })).toBe('applied');
    expect(await reports.advance({ ...done, processed: 3 }, { from: 2, results: [] })).toBe('refused');
    expect(await reports.resultsAt('acme', first.reportId, 0)).toEqual({ from: 0, results });
    expect(await reports.resultsAt('acme', first.reportId, 7)).toEqual({ from: 1, results: [] });
    expect(await reports.resultsAt('acme', sha256('none'), 0)).toBeUndefined();
    const page = await reports.list('acme', { limit: 1 });
    expect(page.items).toEqual([second]);
    expect((await reports.list('acme', { limit: 5, cursor: page.nextCursor })).items).toEqual([done]);
  });

  it('have entries that are created once and replaced by who saw them last, listed by what is to be done', async () => {
    const { entries } = open();
    const one = anEntry(`${engine}-a`);
    const two = anEntry(`${engine}-b`, { recordedAt: at('2026-02-03T08:00:01Z') });
    expect([await entries.create(one), await entries.create(one), await entries.create(two)]).toEqual([
      'applied',
      'refused',
      'applied',
    ]);
    expect(await entries.get('acme', one.entryId)).toEqual(one);
    const page = await entries.list('acme', 'unmatched', { limit: 1 });
    expect(page.items).toEqual([one]);
    expect((await entries.list('acme', 'unmatched', { limit: 5, cursor: page.nextCursor })).items).toEqual([two]);
    const handled: StoredEntry = { ...one, status: 'handled', version: 2 };
    expect([await entries.replace(handled), await entries.replace(handled)]).toEqual(['applied', 'refused']);
    expect((await entries.list('acme', 'unmatched', { limit: 5 })).items).toEqual([two]);
    expect((await entries.list('acme', 'handled', { limit: 5 })).items).toEqual([handled]);
    const booked: StoredEntry = { ...two, status: 'booked', rule: undefined, version: 2 };
    await entries.replace(booked);
    expect((await entries.list('acme', 'unmatched', { limit: 5 })).items).toEqual([]);
    const many = await entries.getMany('acme', [one.entryId, two.entryId, 'none']);
    expect(many.map(({ status }) => status).sort()).toEqual(['booked', 'handled']);
  });
});

describe("banks' reports", () => {
  it('refuse a cursor that they never gave', async () => {
    const made = Buffer.from('2026#1').toString('base64url');
    await expect(makeBankReports(table).list('acme', { limit: 1, cursor: made })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(makeBankEntries(table).list('acme', 'handled', { limit: 1, cursor: made })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('take a refused condition for an answer and every other error for one', async () => {
    const client = mockClient(DynamoDBDocumentClient);
    const entries = makeBankEntries({
      documents: DynamoDBDocumentClient.from(new DynamoDBClient({})),
      tableName: 'Money',
    });
    client.on(PutCommand).rejectsOnce(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
    expect(await entries.create(anEntry('x'))).toBe('refused');
    client.on(PutCommand).rejects(new Error('throttled'));
    await expect(entries.create(anEntry('x'))).rejects.toThrow('throttled');
    client.restore();
  });
});
