import { createHash } from 'node:crypto';
import type { Payee } from '#shared/application/payees';
import type { PayoutRuns, RunShards, StatementSummary } from '#shared/application/payouts/ports';
import type { WaitingLists } from '#shared/application/payouts/runs/waiting-lists';
import type { Log } from '#shared/application/ports';
import type { Payout } from '#shared/domain/ledger/payout';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { WaitingPayout } from '#shared/domain/run/waiting-payouts';
import type { Instant, Period } from '#shared/domain/time/instant';

export const PROGRAM_ID = 'acme';
export const at = (text: string): Instant => new Date(text).toISOString() as Instant;

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

export const bankPayee = (over: Partial<Extract<Payee, { rail: 'bank_file' }>> = {}): Payee => ({
  rail: 'bank_file',
  name: 'Example Partner Ltd',
  iban: 'GB29NWBK60161331926819',
  ...over,
});
export const nachaPayee = (over: Partial<Extract<Payee, { rail: 'nacha' }>> = {}): Payee => ({
  rail: 'nacha',
  name: 'Erika Example',
  routingNumber: '011000015',
  accountNumber: '12345678',
  accountType: 'checking',
  ...over,
});
export const sandboxPayee = (behaviour: 'settle' | 'fail' | 'return' = 'settle'): Payee => ({
  rail: 'sandbox',
  name: 'Sandbox',
  behaviour,
});

/** A statement that earned `earnedMinor` and pays all of it, unless told otherwise. */
export function aStatement(over: Partial<StatementSummary> & { runId?: string } = {}): StatementSummary {
  const { runId = '2026-01.1', ...rest } = over;
  const partnerId = rest.partnerId ?? 'p1';
  const currency = rest.currency ?? 'GBP';
  const earnedMinor = rest.earnedMinor ?? 12_345n;
  return {
    statementId: `${runId}~${partnerId}~${currency}`,
    partnerId,
    currency,
    earnedMinor,
    clawbackMinor: 0n,
    adjustmentMinor: 0n,
    openingBalanceMinor: 0n,
    payableMinor: earnedMinor,
    closingBalanceMinor: 0n,
    digest: 'digest',
    ...rest,
  };
}

export function anApprovedRun(over: Partial<PayoutRun> = {}): PayoutRun {
  return {
    programId: PROGRAM_ID,
    runId: '2026-01.1',
    period: '2026-01' as Period,
    attempt: 1,
    status: 'posting',
    openedBy: 'person:opener',
    openedAt: at('2026-02-01T00:00:00Z'),
    summarisedAt: at('2026-02-01T01:00:00Z'),
    execution: 1,
    totals: [],
    anomalies: [],
    approvalsRequired: 2,
    given: [
      { by: 'person:a', at: at('2026-02-02T09:00:00Z'), decision: 'approve' },
      { by: 'person:b', at: at('2026-02-02T10:00:00.123Z'), decision: 'approve' },
    ],
    holds: [],
    decision: 'approve',
    failures: [],
    ...over,
  };
}

export function aPayout(over: Partial<Payout> = {}): Payout {
  const runId = over.runId ?? '2026-01.1';
  const partnerId = over.partnerId ?? 'p1';
  const currency = over.currency ?? 'GBP';
  const statementId = `${runId}~${partnerId}~${currency}`;
  return {
    payoutId: `po~${statementId}`,
    programId: PROGRAM_ID,
    partnerId,
    statementId,
    runId,
    currency,
    amountMinor: 12_345n,
    status: 'created',
    createdAt: at('2026-02-02T11:00:00Z'),
    updatedAt: at('2026-02-02T11:00:00Z'),
    ...over,
  };
}

/** Runs by id, newest first, one a page. */
export function runsOf(...runs: readonly PayoutRun[]): Pick<PayoutRuns, 'get' | 'list'> {
  const newestFirst = [...runs].sort((a, b) => (a.runId < b.runId ? 1 : -1));
  return {
    get: async (_programId, runId) => runs.find((run) => run.runId === runId),
    list: async (_programId, { cursor }) => {
      const from = cursor === undefined ? 0 : Number(cursor);
      const items = newestFirst.slice(from, from + 1);
      return { items, nextCursor: from + 1 < newestFirst.length ? String(from + 1) : undefined };
    },
  };
}

/** One shard, `s1`, that holds the statements of their run, also those added to the list later. */
export function shardsOf(statements: readonly StatementSummary[]): Pick<RunShards, 'result'> {
  return {
    result: async (_programId, runId, shard) =>
      shard === 's1'
        ? {
            factCount: 0,
            factsDigest: '',
            statements: statements.filter((one) => one.statementId.startsWith(`${runId}~`)),
          }
        : undefined,
  };
}

/** Payouts that wait for runs, by run: all in shard `s1`. */
export function waitingListsOf(waiting: Readonly<Record<string, readonly WaitingPayout[]>>): Pick<WaitingLists, 'all'> {
  return {
    async *all({ runId }, shard = 's1') {
      if (shard === 's1') yield* waiting[runId] ?? [];
    },
  };
}

/** A clock that goes on by a second at each look. */
export function tickingClock(start = '2026-02-02T12:00:00Z'): () => number {
  let now = Date.parse(start);
  return () => {
    now += 1_000;
    return now;
  };
}

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
