import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments/adjustments';
import { makePlans } from '#shared/adapters/dynamodb/money/plans/plans';
import { makePrograms } from '#shared/adapters/dynamodb/money/programs/programs';
import { makePayoutHolds } from '#shared/adapters/dynamodb/money/runs/payout-holds';
import { makeRunReviews } from '#shared/adapters/dynamodb/money/runs/run-reviews';
import { makeRunShards } from '#shared/adapters/dynamodb/money/runs/run-shards';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs/runs';
import { makeWaitingLists } from '#shared/adapters/dynamodb/money/runs/waiting-lists';
import { makeStatementWriter } from '#shared/adapters/dynamodb/money/statements/statement-writer';
import { makeStatements } from '#shared/adapters/dynamodb/money/statements/statements';
import type { RecordedAdjustment, StatementHeader, StatementWriter } from '#shared/application/payouts/ports';
import type { GivenDecision } from '#shared/domain/run/payout-run';
import { zeroTotal } from '#shared/domain/run/run-summary';
import type { StatementLine } from '#shared/domain/statement/statement';
import {
  aHeader,
  aProgramme,
  aRun,
  aRunToDecide,
  DECEMBER,
  FEBRUARY,
  HASH,
  instant,
  JANUARY,
} from '#test/support/builders/runs';
import { type FakeMoney, makeFakeMoney } from '#test/support/fakes/money';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

const implementations: readonly [string, () => FakeMoney][] = [
  [
    'on the engine',
    () => ({
      programs: makePrograms(table),
      plans: makePlans(table),
      adjustments: makeAdjustments(table),
      runs: makeRuns(table),
      shards: makeRunShards(table),
      waitingLists: makeWaitingLists(table),
      reviews: makeRunReviews(table),
      payoutHolds: makePayoutHolds(table),
      statements: makeStatements(table),
      newWriter: () => makeStatementWriter({ ...table, digest }),
    }),
  ],
  ['in memory', makeFakeMoney],
];

const approval = (
  by: string,
  completes: 'approve' | undefined,
  holds: string[] = [],
  before: GivenDecision[] = [],
) => ({
  all: [...before, { by, at: instant('2026-02-02T09:00:00Z'), decision: 'approve' as const }],
  given: { by, at: instant('2026-02-02T09:00:00Z'), decision: 'approve' as const },
  contentHash: HASH,
  requestId: `request-of-${by}`,
  holds,
  completes,
});

describe.each(implementations)('the Money table %s', (name, make) => {
  let money: FakeMoney;
  let programId: string;
  let count = 0;
  beforeEach(() => {
    money ??= make();
    count += 1;
    programId = `${name.replaceAll(' ', '-')}-${count}`;
  });

  describe('programmes', () => {
    it('creates a programme once and answers the first one to a repeat', async () => {
      const program = aProgramme({ programId, minimumPayoutMinor: BigInt(Number.MAX_SAFE_INTEGER) });
      expect(await money.programs.create(program)).toEqual({ created: true, program });
      expect(await money.programs.create({ ...program, name: 'Other' })).toEqual({ created: false, program });
      expect(await money.programs.get(programId)).toEqual(program);
      expect(await money.programs.get('nobody')).toBeUndefined();
    });

    it('lists programmes by id, a page at a time', async () => {
      const ids = ['x', 'y', 'z'].map((suffix) => `~${programId}-${suffix}`);
      for (const id of ids) await money.programs.create(aProgramme({ programId: id }));
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await money.programs.list({ cursor, limit: 2 });
        seen.push(...page.items.map((program) => program.programId));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen.filter((id) => ids.includes(id))).toEqual(ids);
      expect(new Set(seen).size).toBe(seen.length);
    });
  });

  it('lists the programmes that are named, a page at a time', async () => {
    const ids = ['a', 'b', 'c'].map((suffix) => `${programId}-${suffix}`);
    for (const id of ids) await money.programs.create(aProgramme({ programId: id }));
    const among = [ids[2]!, ids[0]!, ids[0]!];
    const first = await money.programs.list({ limit: 1, among });
    expect(first.items.map((program) => program.programId)).toEqual([ids[0]]);
    const rest = await money.programs.list({ cursor: first.nextCursor, limit: 1, among });
    expect(rest.items.map((program) => program.programId)).toEqual([ids[2]]);
    expect(rest.nextCursor).toBeUndefined();
  });

  it('keeps a plan version as it was published first', async () => {
    const plan = {
      version: 2,
      components: [
        { kind: 'fixed_fee' as const, id: 'fee', amountMinor: BigInt(Number.MAX_SAFE_INTEGER), prorate: false },
        {
          kind: 'revenue_share' as const,
          id: 'share',
          mode: 'volume' as const,
          metric: 'revenue' as const,
          brackets: [
            { upTo: 100_000n, rateBps: 500 },
            { upTo: null, rateBps: 700 },
          ],
        },
      ],
      publishedBy: 'person:manager',
      publishedAt: instant('2026-01-02T00:00:00Z'),
    };
    expect(await money.plans.publish(programId, plan)).toEqual({ created: true, plan });
    expect(await money.plans.publish(programId, { ...plan, components: [] })).toEqual({ created: false, plan });
    await money.plans.publish(programId, { ...plan, version: 10 });
    expect((await money.plans.list(programId, { limit: 1 })).items).toEqual([plan]);
    const { nextCursor } = await money.plans.list(programId, { limit: 1 });
    const rest = await money.plans.list(programId, { cursor: nextCursor, limit: 5 });
    expect(rest.items.map(({ version }) => version)).toEqual([10]);
  });

  it("lists a partner's adjustments of a period by time, then id, and knows who made one", async () => {
    const adjustment = (adjustmentId: string, overrides: Partial<RecordedAdjustment> = {}): RecordedAdjustment => ({
      adjustmentId,
      partnerId: 'p1',
      period: JANUARY,
      occurredAt: instant('2026-01-10T00:00:00Z'),
      amountMinor: -250n,
      currency: 'GBP',
      reason: 'Overpaid',
      reasonCode: 'correction',
      recordedBy: 'person:finance',
      recordedAt: instant('2026-01-11T00:00:00Z'),
      ...overrides,
    });
    const early = adjustment('z', { occurredAt: instant('2026-01-02T00:00:00Z') });
    expect(await money.adjustments.record(programId, adjustment('b'))).toBe('recorded');
    await money.adjustments.record(programId, adjustment('a'));
    await money.adjustments.record(programId, early);
    await money.adjustments.record(programId, adjustment('c', { partnerId: 'p10' }));
    await money.adjustments.record(programId, adjustment('d', { period: FEBRUARY, recordedBy: 'person:other' }));
    expect(await money.adjustments.record(programId, adjustment('b', { amountMinor: 1n }))).toBe('exists');
    expect(await money.adjustments.find(programId, 'b')).toEqual({ ...adjustment('b'), status: 'recorded' });
    expect(await money.adjustments.ofPartner(programId, 'p1', JANUARY)).toEqual([
      early,
      adjustment('a'),
      adjustment('b'),
    ]);
    await money.adjustments.record(programId, adjustment('e', { recordedBy: 'key:k1', onBehalfOf: 'person:maker' }));
    expect([...(await money.adjustments.makers(programId, JANUARY))].sort()).toEqual([
      'key:k1',
      'person:finance',
      'person:maker',
    ]);
    expect([...(await money.adjustments.makers(programId, FEBRUARY))]).toEqual(['person:other']);
  });

  describe('payout runs', () => {
    const aProgrammeWith = async (run = aRun({ programId })): Promise<void> => {
      await money.programs.create(aProgramme({ programId }));
      expect(await money.runs.open(run, 'request-1', DECEMBER, undefined)).toBe(true);
    };

    it('opens a run and closes the books, both or neither', async () => {
      await aProgrammeWith();
      expect((await money.programs.get(programId))?.closedThrough).toBe(JANUARY);
      expect(await money.runs.get(programId, '2026-01.1')).toEqual(aRun({ programId }));
      expect(await money.runs.open(aRun({ programId }), 'request-2', DECEMBER, undefined)).toBe(false);
      const tooEarly = aRun({ programId, runId: '2026-03.1', period: '2026-03' as typeof JANUARY });
      expect(await money.runs.open(tooEarly, 'request-3', FEBRUARY, undefined)).toBe(false);
      expect(await money.runs.get(programId, '2026-03.1')).toBeUndefined();
      expect(await money.runs.openedByRequest(programId, '2026-01.1', 'request-1')).toBe(true);
      expect(await money.runs.openedByRequest(programId, '2026-01.1', 'request-2')).toBe(false);
      expect(await money.runs.get(programId, 'no run')).toBeUndefined();
    });

    it('opens one run when many try at once', async () => {
      await money.programs.create(aProgramme({ programId }));
      const tries = Array.from({ length: 12 }, (_, index) =>
        money.runs.open(aRun({ programId }), `r${index}`, DECEMBER, undefined),
      );
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    });

    it.each(['awaiting_decision', 'posting', 'submitting', 'failed', 'rejected'] as const)(
      'opens no month while the run before it is %s, whoever looked before',
      async (status) => {
        await aProgrammeWith(aRun({ programId, status }));
        const next = aRun({ programId, runId: '2026-02.1', period: FEBRUARY });
        expect(await money.runs.open(next, 'request-2', JANUARY, '2026-01.1')).toBe(false);
        expect(await money.runs.get(programId, '2026-02.1')).toBeUndefined();
        expect((await money.programs.get(programId))?.closedThrough).toBe(JANUARY);
      },
    );

    it.each(['completed', 'completed_with_failures'] as const)(
      'opens a month once the run before it is %s',
      async (status) => {
        await aProgrammeWith(aRun({ programId, status }));
        const next = aRun({ programId, runId: '2026-02.1', period: FEBRUARY, onBehalfOf: 'person:behind' });
        expect(await money.runs.open(next, 'request-2', JANUARY, '2026-01.1')).toBe(true);
        expect(await money.runs.get(programId, '2026-02.1')).toEqual(next);
      },
    );

    it('keeps that an earlier approval became void with a later one', async () => {
      await aProgrammeWith(aRunToDecide({ programId }));
      await money.runs.decide(aRunToDecide({ programId }), approval('person:a', undefined));
      const seen = (await money.runs.get(programId, '2026-01.1'))!;
      const voided = seen.given.map((given) => ({ ...given, voidedBy: 'changed_a_payee' as const }));
      expect(await money.runs.decide(seen, approval('person:b', undefined, [], voided))).toBe(true);
      expect((await money.runs.get(programId, '2026-01.1'))?.given).toMatchObject([
        { by: 'person:a', voidedBy: 'changed_a_payee' },
        { by: 'person:b' },
      ]);
    });

    it('moves a run only along its way, and repeats a move', async () => {
      await aProgrammeWith();
      expect(await money.runs.advance(programId, '2026-01.1', 'posting')).toBe(false);
      expect(await money.runs.advance(programId, '2026-01.1', 'computing', { shardCount: 3 })).toBe(true);
      expect(await money.runs.advance(programId, '2026-01.1', 'computing')).toBe(true);
      const totals = [{ ...aHeader(), statements: 1, partners: 1, earnedMinor: BigInt(Number.MAX_SAFE_INTEGER) }].map(
        ({ currency, statements, partners, ...sums }) => ({
          currency,
          statements,
          partners,
          earnedMinor: sums.earnedMinor,
          clawbackMinor: sums.clawbackMinor,
          adjustmentMinor: sums.adjustmentMinor,
          openingBalanceMinor: sums.openingBalanceMinor,
          payableMinor: sums.payableMinor,
          closingBalanceMinor: sums.closingBalanceMinor,
          earnedChangeMinor: -5n,
        }),
      );
      const learnt = { summarisedAt: instant('2026-02-01T09:00:00Z'), contentHash: HASH, totals, approvalsRequired: 3 };
      expect(await money.runs.advance(programId, '2026-01.1', 'summarising', learnt)).toBe(true);
      expect(await money.runs.get(programId, '2026-01.1')).toEqual(
        aRun({ programId, status: 'summarising', shardCount: 3, ...learnt }),
      );
      expect(await money.runs.advance(programId, '2026-01.1', 'computing')).toBe(false);
      expect(await money.runs.advance(programId, '2026-02.1', 'computing')).toBe(false);
    });

    it('takes each decision once and completes with the last one needed', async () => {
      await aProgrammeWith(aRunToDecide({ programId }));
      const seen = aRunToDecide({ programId });
      expect(await money.runs.decide(seen, approval('person:a', undefined, ['p1']))).toBe(true);
      expect(await money.runs.decide(seen, approval('person:b', undefined))).toBe(false);
      const next = (await money.runs.get(programId, seen.runId))!;
      expect(next).toMatchObject({ status: 'awaiting_decision', holds: ['p1'], given: [{ by: 'person:a' }] });
      expect(await money.runs.decide(next, approval('person:a', 'approve', ['p1']))).toBe(false);
      expect(await money.runs.decide(next, { ...approval('person:b', 'approve'), contentHash: 'b'.repeat(64) })).toBe(
        false,
      );
      expect(await money.runs.decide(next, approval('person:b', 'approve', ['p1']))).toBe(true);
      expect(await money.runs.get(programId, seen.runId)).toMatchObject({ status: 'posting', decision: 'approve' });
      expect((await money.programs.get(programId))?.closedThrough).toBe(JANUARY);
      expect(await money.runs.decidedByRequest(programId, seen.runId, 'person:b', 'request-of-person:b')).toBe(true);
      expect(await money.runs.decidedByRequest(programId, seen.runId, 'person:b', 'another')).toBe(false);
    });

    it('takes one of many decisions that saw the same run', async () => {
      await aProgrammeWith(aRunToDecide({ programId }));
      const seen = aRunToDecide({ programId });
      const tries = Array.from({ length: 8 }, (_, index) =>
        money.runs.decide(seen, approval(`person:${index}`, undefined)),
      );
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
      expect((await money.runs.get(programId, seen.runId))?.given).toHaveLength(1);
    });

    it('reopens the period with a rejection, so that the next attempt can close it', async () => {
      await aProgrammeWith(aRunToDecide({ programId }));
      const rejection = {
        ...approval('person:a', undefined),
        all: [{ by: 'person:a', at: instant('2026-02-02T09:00:00Z'), decision: 'reject' as const, comment: 'No.' }],
        given: { by: 'person:a', at: instant('2026-02-02T09:00:00Z'), decision: 'reject' as const, comment: 'No.' },
        completes: 'reject' as const,
      };
      expect(await money.runs.decide(aRunToDecide({ programId }), rejection)).toBe(true);
      expect(await money.runs.get(programId, '2026-01.1')).toMatchObject({ status: 'rejected', decision: 'reject' });
      expect((await money.programs.get(programId))?.closedThrough).toBe(DECEMBER);
      const second = aRun({ programId, runId: '2026-01.2', attempt: 2 });
      expect(await money.runs.open(second, 'request-2', DECEMBER, undefined)).toBe(true);
      expect((await money.runs.latestOf(programId, JANUARY))?.runId).toBe('2026-01.2');
      const newest = await money.runs.list(programId, { limit: 1 });
      expect(newest.items.map(({ runId }) => runId)).toEqual(['2026-01.2']);
      const rest = await money.runs.list(programId, { cursor: newest.nextCursor, limit: 5 });
      expect(rest.items.map(({ runId }) => runId)).toEqual(['2026-01.1']);
    });

    it('ends an unpaid run and reopens its period once', async () => {
      await aProgrammeWith();
      const failure = { at: instant('2026-02-01T09:00:00Z'), reason: 'A plan is missing' };
      const run = aRun({ programId });
      expect(await money.runs.endUnpaid(run, 'expired', failure)).toBe(false);
      expect(await money.runs.endUnpaid(run, 'failed', failure)).toBe(true);
      expect(await money.runs.endUnpaid(run, 'failed', failure)).toBe(false);
      expect(await money.runs.get(programId, run.runId)).toMatchObject({
        status: 'failed',
        failures: [{ ...failure, during: 'open' }],
      });
      expect((await money.programs.get(programId))?.closedThrough).toBe(DECEMBER);
    });

    it('marks a run that failed after its approval, keeps its books closed and resumes it once', async () => {
      await aProgrammeWith(aRun({ programId, status: 'posting', decision: 'approve' }));
      const run = (await money.runs.get(programId, '2026-01.1'))!;
      const failure = { at: instant('2026-02-01T09:00:00Z'), reason: 'The bank file could not be stored' };
      expect(await money.runs.endUnpaid(run, 'failed', failure)).toBe(false);
      expect(await money.runs.failPaid(run, failure)).toBe(true);
      expect((await money.programs.get(programId))?.closedThrough).toBe(JANUARY);
      const failed = (await money.runs.get(programId, '2026-01.1'))!;
      expect(failed).toMatchObject({ status: 'failed', failures: [{ during: 'posting' }] });
      expect(await money.runs.resume(failed, 'resume-1')).toBe(true);
      expect(await money.runs.resume(failed, 'resume-2')).toBe(false);
      expect(await money.runs.openedByRequest(programId, failed.runId, 'resume-1')).toBe(true);
      expect(await money.runs.openedByRequest(programId, failed.runId, 'resume-2')).toBe(false);
      expect(await money.runs.get(programId, '2026-01.1')).toMatchObject({ status: 'posting', execution: 2 });
    });

    it('keeps the newest task token apart from the run', async () => {
      await aProgrammeWith();
      expect(await money.runs.taskToken(programId, '2026-01.1')).toBeUndefined();
      await money.runs.keepTaskToken(programId, '2026-01.1', 'token-1');
      await money.runs.keepTaskToken(programId, '2026-01.1', 'token-2');
      expect(await money.runs.taskToken(programId, '2026-01.1')).toBe('token-2');
      expect(JSON.stringify(await money.runs.list(programId, { limit: 5 }))).not.toContain('token-');
    });
  });

  it('keeps the payouts that wait for a run by list and shard, page by page, for ever', async () => {
    const of = (waitingDigest: string, runId = '2026-02.1') => ({ programId, runId, waitingDigest });
    const waitingOf = (partnerId: string, amountMinor: bigint) => ({
      payoutId: `po~2026-01.1~${partnerId}~GBP`,
      partnerId,
      currency: 'GBP',
      amountMinor,
    });
    const [one, two, three] = [waitingOf('p1', 2n ** 53n - 1n), waitingOf('p2', 7n), waitingOf('p3', 1n)];
    const puts = [
      { shard: '000001', ordinal: 0, waiting: [three] },
      { shard: '000000', ordinal: 1, waiting: [two] },
      { shard: '000000', ordinal: 0, waiting: [one] },
      { shard: '000000', ordinal: 0, waiting: [one] },
    ];
    for (const page of puts) await money.waitingLists.putPage(of('digest'), page);
    await money.waitingLists.putPage(of('other'), { shard: '000000', ordinal: 0, waiting: [three] });
    expect(await collect(money.waitingLists.all(of('digest')))).toEqual([one, two, three]);
    expect(await collect(money.waitingLists.all(of('digest'), '000000'))).toEqual([one, two]);
    expect(await collect(money.waitingLists.all(of('digest'), '000001'))).toEqual([three]);
    expect(await collect(money.waitingLists.all(of('digest'), '00000'))).toEqual([]);
    expect(await collect(money.waitingLists.all(of('digest', '2026-02.11')))).toEqual([]);
    expect(await collect(money.waitingLists.all(of('none')))).toEqual([]);
  });

  it('keeps what a summary found of waiting payouts', async () => {
    const run = aRun({ programId, status: 'computing' });
    await money.programs.create(aProgramme({ programId }));
    expect(await money.runs.open(run, 'request-1', DECEMBER, undefined)).toBe(true);
    const total = { ...zeroTotal('GBP'), waitingPayouts: 1, waitingMinor: 7n };
    const anomaly = { kind: 'payouts_waiting' as const, partnerId: 'p1', currency: 'GBP', amountMinor: 7n, count: 1 };
    const found = { waitingDigest: 'digest', totals: [total], anomalies: [anomaly] };
    expect(await money.runs.advance(programId, run.runId, 'summarising', found)).toBe(true);
    expect(await money.runs.get(programId, run.runId)).toMatchObject(found);
  });

  it('remembers the partners and the results of shards', async () => {
    await money.shards.put(programId, '2026-01.1', '000001', ['p2']);
    await money.shards.put(programId, '2026-01.1', '000000', ['p1']);
    expect(await money.shards.partnerIds(programId, '2026-01.1', '000000')).toEqual(['p1']);
    expect(await money.shards.result(programId, '2026-01.1', '000000')).toBeUndefined();
    const summaryOf = (partnerId: string) => {
      const {
        period: _p,
        runId: _r,
        attempt: _a,
        lineCount: _l,
        ...summary
      } = aHeader({
        partnerId,
        earnedMinor: 5n,
        writtenOffMinor: 2n,
        unsentMinor: 3n,
      });
      return summary;
    };
    for (const [shard, partnerId] of [
      ['000001', 'p2'],
      ['000000', 'p1'],
    ] as const) {
      await money.shards.putResult(programId, '2026-01.1', shard, {
        factCount: 7,
        sales: { GBP: 3 },
        factsDigest: 'digest',
        statements: [summaryOf(partnerId)],
      });
    }
    const results = await collect(money.shards.results(programId, '2026-01.1'));
    expect(results.map(({ shard }) => shard)).toEqual(['000000', '000001']);
    expect(results[0]).toMatchObject({
      factCount: 7,
      sales: { GBP: 3 },
      factsDigest: 'digest',
      statements: [summaryOf('p1')],
    });
    expect(await collect(money.shards.results(programId, '2026-01.11'))).toEqual([]);
  });

  describe('statements', () => {
    const line = (conversionId: string, over: Partial<StatementLine> = {}): StatementLine => ({
      kind: 'revenue_share',
      amountMinor: 10n,
      componentId: 'share',
      planVersion: 1,
      conversionId,
      baseMinor: 100n,
      rateBps: 1000,
      ...over,
    });
    const at = (day: number) => instant(`2026-01-${String(day).padStart(2, '0')}T00:00:00Z`);
    const write = async (work: (writer: StatementWriter) => Promise<void>): Promise<void> => {
      const writer = money.newWriter();
      await work(writer);
      await writer.flush();
    };
    const id = '2026-01.1~p1~GBP';

    it('reads pages back in the order of the lines, with every field', async () => {
      const clawback = line('o9', {
        kind: 'clawback',
        refundId: 'r1',
        amountMinor: -3n,
        calculation: 'half',
        baseMinor: undefined,
        rateBps: undefined,
      });
      await write(async (writer) => {
        await writer.putLines(programId, id, {
          section: '4',
          first: { occurredAt: at(1), factId: 'a1' },
          lines: [{ kind: 'adjustment', amountMinor: 1n, adjustmentId: 'a1' }],
        });
        await writer.putLines(programId, id, {
          section: '3',
          first: { occurredAt: at(1), factId: 'r1' },
          lines: [clawback],
        });
        await writer.putLines(programId, id, {
          section: '2',
          lines: [{ kind: 'fixed_fee', amountMinor: 500n, componentId: 'fee', planVersion: 1 }],
        });
        await writer.putLines(programId, id, {
          section: '1',
          first: { occurredAt: at(5), factId: 'o5' },
          lines: [line('o5')],
        });
        await writer.putLines(programId, id, {
          section: '1',
          first: { occurredAt: at(2), factId: 'o2' },
          lines: [
            line('o2'),
            line('o2', { kind: 'referral_fee', baseMinor: undefined, rateBps: undefined }),
            line('o3'),
          ],
        });
      });
      const first = await money.statements.pages(programId, id, { limit: 2 });
      expect(first.more).toBe(true);
      const rest = await money.statements.pages(programId, id, { after: first.items.at(-1)?.sk, limit: 10 });
      const lines = [...first.items, ...rest.items].flatMap((page) => page.lines);
      expect(lines.map(({ kind, conversionId }) => [kind, conversionId])).toEqual([
        ['revenue_share', 'o2'],
        ['referral_fee', 'o2'],
        ['revenue_share', 'o3'],
        ['revenue_share', 'o5'],
        ['fixed_fee', undefined],
        ['clawback', 'o9'],
        ['adjustment', undefined],
      ]);
      expect(lines[0]).toEqual(line('o2'));
      expect(lines[5]).toEqual(clawback);
      const earned = await money.statements.earnedLines(programId, id, { occurredAt: at(2), orderId: 'o2' });
      expect(earned.map(({ kind }) => kind)).toEqual(['revenue_share', 'referral_fee']);
      expect(await money.statements.earnedLines(programId, id, { occurredAt: at(3), orderId: 'o3' })).toHaveLength(1);
      expect(await money.statements.earnedLines(programId, id, { occurredAt: at(1), orderId: 'o1' })).toEqual([]);
      expect(await money.statements.earnedLines(programId, id, { occurredAt: at(9), orderId: 'o9' })).toEqual([]);
    });

    it('takes the same bytes again and refuses others', async () => {
      const page = { section: '1' as const, first: { occurredAt: at(2), factId: 'o2' }, lines: [line('o2')] };
      await write((writer) => writer.putLines(programId, id, page));
      await write((writer) => writer.putLines(programId, id, page));
      const other = { ...page, lines: [line('o2', { amountMinor: 11n })] };
      await expect(write((writer) => writer.putLines(programId, id, other))).rejects.toThrow('other content');
      const whole = (header: StatementHeader) =>
        write(async (writer) => {
          await writer.putLines(programId, id, page);
          await writer.putHeader(programId, header);
        });
      const header = aHeader({ writtenOffMinor: 2n, unsentMinor: 3n });
      await whole(header);
      await whole(header);
      await expect(whole({ ...header, digest: 'e'.repeat(64) })).rejects.toThrow('other content');
      expect(await money.statements.header(programId, id)).toEqual(header);
    });

    it('writes no header over a page that an earlier try left behind', async () => {
      const pageOf = (orderId: string, day: number) => ({
        section: '1' as const,
        first: { occurredAt: at(day), factId: orderId },
        lines: [line(orderId)],
      });
      await write((writer) => writer.putLines(programId, id, pageOf('o2', 2)));
      const again = write(async (writer) => {
        await writer.putLines(programId, id, pageOf('o1', 1));
        await writer.putHeader(programId, aHeader());
      });
      await expect(again).rejects.toMatchObject({
        name: 'FactsChanged',
        message: expect.stringContaining('earlier try'),
      });
      expect(await money.statements.header(programId, id)).toBeUndefined();
    });

    it('lists the statements of one attempt by partner and currency, and those of one partner', async () => {
      await write(async (writer) => {
        for (const [partnerId, currency] of [
          ['p10', 'GBP'],
          ['p1', 'USD'],
          ['p1', 'GBP'],
        ] as const) {
          await writer.putHeader(programId, aHeader({ partnerId, currency }));
        }
        await writer.putHeader(programId, aHeader({ runId: '2026-01.2' }));
      });
      const run = { period: JANUARY, attempt: 1 };
      const first = await money.statements.list(programId, run, { limit: 2 });
      expect(first.items.map(({ statementId }) => statementId)).toEqual([id, '2026-01.1~p1~USD']);
      const rest = await money.statements.list(programId, run, { after: first.after, limit: 2 });
      expect(rest.items.map(({ statementId }) => statementId)).toEqual(['2026-01.1~p10~GBP']);
      const own = await money.statements.list(programId, run, { partnerId: 'p1', limit: 5 });
      expect(own.items.map(({ currency }) => currency)).toEqual(['GBP', 'USD']);
      expect(await money.statements.header(programId, 'nonsense')).toBeUndefined();
    });
  });
});
