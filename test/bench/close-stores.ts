import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { linesToText } from '#shared/adapters/dynamodb/money/statements/line-text';
import type { Invoices } from '#shared/application/payouts/ledger/invoices';
import type { RunShards, StatementWriter } from '#shared/application/payouts/ports';
import type { RunReviews } from '#shared/application/payouts/runs/review/review-ports';
import { numberInvoice } from '#shared/domain/ledger/invoice';
import { isFileRail, type Payout } from '#shared/domain/ledger/payout';
import { type FakeLedger, makeFakeLedger } from '#test/support/fakes/ledger';
import type { FakeMoney } from '#test/support/fakes/money';

/** A table of texts in a file, so that what is stored does not count as memory of what is measured. */
export type Disk = {
  readonly put: (key: string, value: unknown) => void;
  /** False when the key is taken. */
  readonly putNew: (key: string, value: unknown) => boolean;
  readonly get: <T>(key: string) => T | undefined;
  readonly range: <T>(from: string, to: string) => Iterable<{ readonly key: string; readonly value: T }>;
  readonly close: () => void;
};

const BIG = /^-?\d+n$/;

export function aDisk(): Disk {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-close-'));
  const db = new DatabaseSync(join(folder, 'close.db'));
  db.exec(
    'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000; CREATE TABLE items (k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID; BEGIN',
  );
  const write = db.prepare('INSERT OR REPLACE INTO items VALUES (?, ?)');
  const writeNew = db.prepare('INSERT OR IGNORE INTO items VALUES (?, ?)');
  const read = db.prepare('SELECT v FROM items WHERE k = ?');
  const scan = db.prepare('SELECT k, v FROM items WHERE k >= ? AND k < ? ORDER BY k');
  const text = (value: unknown): string =>
    JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item));
  const parse = (stored: unknown): unknown =>
    JSON.parse(String(stored), (_key, item: unknown) =>
      typeof item === 'string' && BIG.test(item) ? BigInt(item.slice(0, -1)) : item,
    );
  return {
    put: (key, value) => void write.run(key, text(value)),
    putNew: (key, value) => writeNew.run(key, text(value)).changes === 1,
    get: <T>(key: string) => {
      const row = read.get(key);
      return row && (parse(row.v) as T);
    },
    *range<T>(from: string, to: string) {
      for (const row of scan.iterate(from, to)) yield { key: String(row.k), value: parse(row.v) as T };
    },
    close: () => {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What was written of all statements: counted, and as one digest that follows from every byte in whatever order it came. */
export type Written = { lines: number; pages: number; bytes: number; readonly sum: Buffer };

export function aWriter(written: Written): StatementWriter {
  const add = (key: string, text: string): void => {
    const digest = createHash('sha256').update(`${key}\n${text}`).digest();
    for (const [index, byte] of digest.entries()) written.sum[index] = (written.sum[index] ?? 0) ^ byte;
    written.pages += 1;
    written.bytes += text.length;
  };
  return {
    putLines: async (_programId, statementId, { section, first, lines }) => {
      written.lines += lines.length;
      add(`${statementId}#${section}#${first?.occurredAt}#${first?.factId}`, linesToText(lines));
    },
    putNothing: async () => {},
    putHeader: async (_programId, { statementId, digest, lineCount }) => add(statementId, `${digest}#${lineCount}`),
    flush: async () => {},
  };
}

/** The stores of a run that grow with its partners, on the disk. */
export function runOnDisk(disk: Disk, newWriter: () => StatementWriter) {
  const shards: RunShards = {
    put: async (_programId, runId, shard, ids) => disk.put(`SHARD#${runId}#${shard}`, ids),
    partnerIds: async (_programId, runId, shard) => disk.get<string[]>(`SHARD#${runId}#${shard}`) ?? [],
    putResult: async (_programId, runId, shard, result) => disk.put(`RESULT#${runId}#${shard}`, { ...result, shard }),
    result: async (_programId, runId, shard) => disk.get(`RESULT#${runId}#${shard}`),
    async *results(_programId, runId, from = '') {
      for (const { value } of disk.range(`RESULT#${runId}#${from}`, `RESULT#${runId}#~`)) yield value as never;
    },
    putPart: async (_programId, runId, shard, step, part) => disk.put(`PART#${runId}#${step}#${shard}`, part),
    part: async (_programId, runId, shard, step) => disk.get(`PART#${runId}#${step}#${shard}`),
  };
  const reviews: RunReviews = {
    putPage: async ({ runId }, page) =>
      disk.put(`REVIEW#${runId}#${page.shard}#${String(page.ordinal).padStart(6, '0')}`, page),
    putSummary: async ({ runId }, summary) => disk.put(`SUMMARY#${runId}`, summary),
    summary: async ({ runId }) => disk.get(`SUMMARY#${runId}`),
    async *pages({ runId }, { shard } = {}) {
      const prefix = `REVIEW#${runId}#${shard === undefined ? '' : `${shard}#`}`;
      for (const { value } of disk.range(prefix, `${prefix}~`)) yield value as never;
    },
  };
  return (fake: FakeMoney): FakeMoney => ({ ...fake, shards, reviews, newWriter });
}

/** The ledger on the disk, under the conditions of the real one. */
export function ledgerOnDisk(disk: Disk): (fake: FakeLedger) => FakeLedger {
  const payoutKey = (payoutId: string): string => `PAYOUT#${payoutId}`;
  const get = (payoutId: string): Payout | undefined => disk.get(payoutKey(payoutId));
  return (fake = makeFakeLedger()) => ({
    ...fake,
    ledger: {
      post: async ({ entry, payout }) => {
        if (payout && !disk.putNew(payoutKey(payout.payoutId), payout)) return 'refused';
        return entry && !disk.putNew(`ENTRY#${entry.entryId}`, entry) ? 'refused' : 'applied';
      },
      change: async ({ payout, from, entry, record }) => {
        const stored = get(payout.payoutId);
        if (stored?.status !== from || (stored.changes ?? 0) !== record.sequence - 1) return 'refused';
        disk.put(payoutKey(payout.payoutId), payout);
        disk.put(`RECORD#${payout.payoutId}#${record.sequence}`, record);
        if (entry) disk.putNew(`ENTRY#${entry.entryId}`, entry);
        const { status, rail, submissionRunId, currency, payoutId } = payout;
        if (status === 'submitting' && isFileRail(rail)) {
          disk.put(`CLAIM#${submissionRunId}#${currency}#${payoutId}`, { currency, payoutId });
        }
        return 'applied';
      },
    },
    payouts: {
      ...fake.payouts,
      get: async (_programId, payoutId) => get(payoutId),
      getMany: async (_programId, ids) => ids.flatMap((id) => get(id) ?? []),
      async *inBankFilesOf(_programId, runId) {
        for (const { value } of disk.range(`CLAIM#${runId}#`, `CLAIM#${runId}#~`)) yield value as never;
      },
    },
  });
}

/** A first invoice of each partner, on the disk. */
export function invoicesOnDisk(disk: Disk): Pick<Invoices, 'issue'> {
  return {
    issue: async (draft) => {
      const invoice = numberInvoice(draft, 1);
      disk.put(`INVOICE#${draft.statementId}`, invoice);
      return invoice;
    },
  };
}
