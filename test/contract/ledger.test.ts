import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeBalances } from '#shared/adapters/dynamodb/money/ledger/balances';
import { makeBankFiles } from '#shared/adapters/dynamodb/money/ledger/bank-files';
import { makeJournal } from '#shared/adapters/dynamodb/money/ledger/journal';
import { makeLedger } from '#shared/adapters/dynamodb/money/ledger/ledger';
import { makePayoutHistory } from '#shared/adapters/dynamodb/money/ledger/payout-history';
import { makePayoutResolutions } from '#shared/adapters/dynamodb/money/ledger/payout-resolutions';
import { makePayouts } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { railEventKey } from '#shared/adapters/dynamodb/money/money-keys';
import { moneyChangeOfRecord } from '#shared/adapters/dynamodb/money/money-stream';
import { makeSandboxRail } from '#shared/adapters/rails/sandbox';
import type {
  Balances,
  BankFile,
  BankFiles,
  Journal,
  Ledger,
  PayoutHistory,
  PayoutResolutions,
  Payouts,
  StatementPosting,
} from '#shared/application/payouts/ledger/ledger-ports';
import { postingOf } from '#shared/application/payouts/paying/post-statements';
import { payableChange } from '#shared/domain/ledger/journal';
import { applyStep, type Payout, type PayoutStep } from '#shared/domain/ledger/payout';
import { changesTo, type PayoutResolution } from '#shared/domain/ledger/payout-resolution';
import type { Period } from '#shared/domain/time/instant';
import { aPayout, aStatement, at, bankPayee, sandboxPayee } from '#test/support/builders/payouts';
import { makeFakeBankFiles, makeFakeLedger } from '#test/support/fakes/ledger';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

type Stores = {
  readonly ledger: Ledger;
  readonly balances: Balances;
  readonly journal: Journal;
  readonly payouts: Payouts;
  readonly history: PayoutHistory;
  readonly resolutions: PayoutResolutions;
  readonly files: BankFiles;
};

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

const implementations: readonly [string, () => Stores][] = [
  [
    'the real engine',
    () => ({
      ledger: makeLedger(table),
      balances: makeBalances(table),
      journal: makeJournal(table),
      payouts: makePayouts(table),
      history: makePayoutHistory(table),
      resolutions: makePayoutResolutions(table),
      files: makeBankFiles(table),
    }),
  ],
  ['the fake', () => ({ ...makeFakeLedger(), files: makeFakeBankFiles() })],
];

let programs = 0;
let programId: string;
beforeEach(() => {
  programs += 1;
  programId = `program-${programs}`;
});

const NOW = at('2026-02-02T12:00:00Z');

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

function aPosting(over: Parameters<typeof aStatement>[0] & { hasPayee?: boolean; at?: string } = {}): StatementPosting {
  const { hasPayee = true, at: postedAt, ...rest } = over;
  const runId = rest.runId ?? '2026-01.1';
  return postingOf({
    programId,
    run: { runId, period: '2026-01' as Period, decidedAt: NOW, summarisedAt: NOW, holds: new Set() },
    statement: aStatement(rest),
    blocked: hasPayee ? undefined : 'payee_incomplete',
    at: postedAt === undefined ? NOW : at(postedAt),
  });
}

const mine = (over: Partial<Payout> = {}): Payout => aPayout({ programId, ...over });

async function step(ledger: Ledger, payout: Payout, one: PayoutStep): Promise<Payout> {
  const change = applyStep(payout, one, NOW);
  if (!change) throw new Error(`${one.type} changes nothing`);
  expect(await ledger.change(change)).toBe('applied');
  return change.payout;
}

const CLAIM = { type: 'claim', rail: 'sandbox', runId: '2026-01.1' } as const;

describe.each(implementations)('the ledger in %s', (_name, stores) => {
  it('stores entry, balance and payout of a statement together, once', async () => {
    const { ledger, balances, journal, payouts } = stores();
    const posting = aPosting();
    expect(await ledger.post(posting)).toBe('applied');
    expect(await ledger.post(posting)).toBe('refused');
    expect(await balances.of(programId, 'p1')).toEqual([
      { currency: 'GBP', payableMinor: 12_345n, reservedMinor: 12_345n },
    ]);
    expect(await collect(journal.ofPartner(programId, 'p1'))).toEqual([posting.entry]);
    expect(await payouts.get(programId, 'po~2026-01.1~p1~GBP')).toEqual(posting.payout);
  });

  it('keeps amounts exact beyond 2^53', async () => {
    const { ledger, balances, journal } = stores();
    const earnedMinor = 9_007_199_254_740_993n;
    await ledger.post(aPosting({ earnedMinor }));
    expect(await balances.of(programId, 'p1')).toMatchObject([
      { payableMinor: earnedMinor, reservedMinor: earnedMinor },
    ]);
    const [entry] = await collect(journal.ofPartner(programId, 'p1'));
    expect(entry?.postings[0]?.amountMinor).toBe(earnedMinor);
  });

  it('posts a statement that moves and pays nothing once, and no balance with it', async () => {
    const { ledger, balances, journal } = stores();
    const posting = aPosting({ earnedMinor: 0n });
    expect(posting).toMatchObject({ entry: undefined, payout: undefined });
    expect(await ledger.post(posting)).toBe('applied');
    expect(await ledger.post(posting)).toBe('refused');
    expect(await balances.of(programId, 'p1')).toEqual([]);
    expect(await collect(journal.ofPartner(programId, 'p1'))).toEqual([]);
  });

  it('stores nothing of a posting when its payout exists without its entry', async () => {
    const { ledger, balances, journal } = stores();
    const { entry, ...payoutOnly } = aPosting({ earnedMinor: 5n });
    await ledger.post(payoutOnly);
    expect(await ledger.post({ ...payoutOnly, entry })).toBe('refused');
    expect(await collect(journal.ofPartner(programId, 'p1'))).toEqual([]);
    expect(await balances.of(programId, 'p1')).toMatchObject([{ payableMinor: 0n, reservedMinor: 5n }]);
  });

  it('keeps balances of currencies and partners apart', async () => {
    const { ledger, balances } = stores();
    await ledger.post(aPosting({ earnedMinor: 1n }));
    await ledger.post(aPosting({ earnedMinor: 2n, currency: 'JPY' }));
    await ledger.post(aPosting({ earnedMinor: 3n, partnerId: 'p10' }));
    expect(await balances.of(programId, 'p1')).toMatchObject([
      { currency: 'GBP', payableMinor: 1n },
      { currency: 'JPY', payableMinor: 2n },
    ]);
  });

  it('changes a payout only from the status it was seen in', async () => {
    const { ledger, balances, payouts } = stores();
    const posting = aPosting();
    await ledger.post(posting);
    const created = posting.payout!;
    const claimed = await step(ledger, created, CLAIM);
    expect(await ledger.change(applyStep(created, CLAIM, NOW)!)).toBe('refused');
    const accepted = applyStep(claimed, { type: 'accepted' }, NOW)!;
    expect(await ledger.change(accepted)).toBe('applied');
    expect(await ledger.change(accepted)).toBe('refused');
    expect(await payouts.get(programId, created.payoutId)).toEqual(accepted.payout);
    expect(await balances.of(programId, 'p1')).toMatchObject([{ payableMinor: 0n, reservedMinor: 0n }]);
  });

  it('appends each change of a payout to its history, with the change or not at all', async () => {
    const { ledger, history, payouts } = stores();
    const created = aPosting().payout!;
    await ledger.post(aPosting());
    expect(await history.of(programId, created.payoutId)).toEqual([]);
    const claimed = await step(ledger, created, CLAIM);
    const unknown = await step(ledger, claimed, { type: 'no_answer' });
    const asked = await step(ledger, unknown, { type: 'ask_again', runId: '2026-02.1' });
    // Who saw it `submitting` before it was offered again sees the same status, and yet comes too late.
    expect(await ledger.change(applyStep(claimed, { type: 'accepted' }, NOW)!)).toBe('refused');
    const origin = { by: 'person:b', evidence: { source: 'person' as const, reference: 'letter 7', note: 'seen' } };
    await ledger.change(applyStep(asked, { type: 'rejected', reason: 'closed' }, NOW, origin)!);
    expect(await history.of(programId, created.payoutId)).toEqual([
      { sequence: 1, from: 'created', to: 'submitting', at: NOW, by: 'system:payouts', step: CLAIM },
      { sequence: 2, from: 'submitting', to: 'unknown', at: NOW, by: 'system:payouts', step: { type: 'no_answer' } },
      {
        ...{ sequence: 3, from: 'unknown', to: 'submitting', at: NOW, by: 'system:payouts' },
        step: { type: 'ask_again', runId: '2026-02.1' },
      },
      {
        ...{ sequence: 4, from: 'submitting', to: 'failed', at: NOW, ...origin },
        step: { type: 'rejected', reason: 'closed' },
      },
    ]);
    expect((await payouts.get(programId, created.payoutId))?.changes).toBe(4);
  });

  it('stays whole under fifty writers on one balance, each statement sent twice', async () => {
    const { ledger, balances, journal } = stores();
    const postings = Array.from({ length: 50 }, (_, index) =>
      aPosting({ runId: `2026-01.${index + 1}`, earnedMinor: BigInt(index + 1) }),
    );
    const outcomes = await Promise.all([...postings, ...postings].map((posting) => ledger.post(posting)));
    expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(50);
    expect(await balances.of(programId, 'p1')).toMatchObject([{ payableMinor: 1_275n, reservedMinor: 1_275n }]);
    expect(await collect(journal.ofPartner(programId, 'p1'))).toHaveLength(50);
  });

  it('equals the fold of its entries under fifty writers that post, pay and take back at once', async () => {
    const { ledger, balances, journal, payouts } = stores();
    const posted = Array.from({ length: 25 }, (_, index) =>
      aPosting({ runId: `2026-01.${index + 1}`, earnedMinor: 7n }),
    );
    await Promise.all(posted.map((posting) => ledger.post(posting)));
    const more = posted.map((_, index) => aPosting({ runId: `2026-02.${index + 1}`, earnedMinor: BigInt(index + 1) }));
    const outcomes: readonly PayoutStep[] = [{ type: 'settled' }, { type: 'failed' }, { type: 'returned' }];
    const pay = async (payout: Payout, index: number): Promise<void> => {
      const accepted = await step(ledger, await step(ledger, payout, CLAIM), { type: 'accepted' });
      const outcome = outcomes[index % 4];
      if (outcome) await step(ledger, accepted, outcome);
    };
    await Promise.all([
      ...posted.map(({ payout }, index) => pay(payout!, index)),
      ...more.map((posting) => ledger.post(posting)),
    ]);
    const entries = await collect(journal.ofPartner(programId, 'p1'));
    expect(entries.every(({ postings }) => postings.reduce((sum, one) => sum + one.amountMinor, 0n) === 0n)).toBe(true);
    const payableMinor = entries.reduce((sum, entry) => sum + payableChange(entry), 0n);
    // 12 of the 25 came back: failed after acceptance, or returned.
    expect(payableMinor).toBe(12n * 7n + 325n);
    const reserved = await collect(payouts.reserved(programId, { first: 'p1', last: 'p1' }));
    const reservedMinor = reserved.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    expect(reservedMinor).toBe(325n);
    expect(await balances.of(programId, 'p1')).toEqual([{ currency: 'GBP', payableMinor, reservedMinor }]);
  });

  it('ends a proposal together with the changes that it leads to, once, and only while the payout is as it was seen', async () => {
    const { ledger, balances, history, payouts, resolutions } = stores();
    await ledger.post(aPosting());
    const claimed = await step(ledger, aPosting().payout!, CLAIM);
    const unknown = await step(ledger, claimed, { type: 'no_answer' });
    const { payoutId, partnerId, runId } = unknown;
    const proposal = (resolutionId: string): PayoutResolution => ({
      ...{ resolutionId, programId, payoutId, partnerId, runId, outcome: 'returned' },
      evidence: { source: 'person', reference: 'camt 12', note: 'came back' },
      ...{ proposedBy: 'person:a', proposedAt: NOW, seenStatus: 'unknown', seenChanges: 2, status: 'proposed' },
    });
    for (const id of ['r1', 'r2']) expect(await resolutions.propose(proposal(id))).toBe('applied');
    expect(await resolutions.propose(proposal('r1'))).toBe('refused');
    const changes = changesTo(unknown, 'returned', NOW, { by: 'person:b', evidence: proposal('r1').evidence });
    const confirm = { decision: 'confirm', by: 'person:b', at: NOW } as const;
    expect(await resolutions.decide(proposal('r1'), confirm, changes)).toBe('applied');
    expect(await resolutions.decide(proposal('r1'), confirm, [])).toBe('refused');
    expect(await resolutions.decide(proposal('r2'), confirm, changes)).toBe('refused');
    expect(await resolutions.ofPayout(programId, payoutId)).toEqual([
      { ...proposal('r1'), status: 'confirmed', decision: confirm },
      proposal('r2'),
    ]);
    const ofRun = (runId: string) => collect(resolutions.ofRun(programId, runId));
    expect((await ofRun('2026-01.1')).map(({ resolutionId, status }) => `${resolutionId} ${status}`)).toEqual([
      'r1 confirmed',
      'r2 proposed',
    ]);
    expect(await ofRun('2026-01.2')).toEqual([]);
    expect(await resolutions.get(programId, payoutId, 'r3')).toBeUndefined();
    expect((await payouts.get(programId, payoutId))?.status).toBe('returned');
    expect((await history.of(programId, payoutId)).map(({ to, by }) => `${to} ${by}`).slice(2)).toEqual([
      'submitted person:b',
      'returned person:b',
    ]);
    expect(await balances.of(programId, 'p1')).toEqual([{ currency: 'GBP', payableMinor: 12_345n, reservedMinor: 0n }]);
  });

  it('reads the journal of a month in the order of posting', async () => {
    const { ledger, journal } = stores();
    await ledger.post(aPosting({ partnerId: 'b', at: '2026-02-28T23:59:59.999Z' }));
    await ledger.post(aPosting({ partnerId: 'a', at: '2026-02-28T23:59:59.999Z' }));
    await ledger.post(aPosting({ partnerId: 'c', at: '2026-02-01T00:00:00Z' }));
    await ledger.post(aPosting({ partnerId: 'd', at: '2026-03-01T00:00:00Z' }));
    const february = await collect(journal.ofMonth(programId, '2026-02'));
    expect(february.map((entry) => entry.partnerId)).toEqual(['c', 'a', 'b']);
  });

  it('pages through the payouts of a run in the order of their ids, of one partner if asked', async () => {
    const { ledger, payouts } = stores();
    for (const partnerId of ['p1', 'p10', 'p2']) await ledger.post(aPosting({ partnerId }));
    await ledger.post(aPosting({ partnerId: 'p1', runId: '2026-01.2' }));
    const first = await payouts.ofRun(programId, '2026-01.1', { limit: 2 });
    const second = await payouts.ofRun(programId, '2026-01.1', { limit: 2, after: first.nextCursor });
    // `~`, which ends the partner in a payout's id, sorts after every digit.
    expect([...first.items, ...second.items].map((payout) => payout.partnerId)).toEqual(['p10', 'p1', 'p2']);
    expect(second.nextCursor).toBeUndefined();
    const own = await payouts.ofRun(programId, '2026-01.1', { limit: 10, partnerId: 'p1' });
    expect(own.items.map((payout) => payout.payoutId)).toEqual(['po~2026-01.1~p1~GBP']);
  });

  it('reads many payouts by id and leaves out those that are not there', async () => {
    const { ledger, payouts } = stores();
    const ids = Array.from({ length: 120 }, (_, index) => `po~2026-01.1~q${index}~GBP`);
    for (const partnerId of ['q0', 'q119']) await ledger.post(aPosting({ partnerId }));
    const found = await payouts.getMany(programId, ids);
    expect(found.map((payout) => payout.partnerId).sort()).toEqual(['q0', 'q119']);
  });

  it('knows the reserved payouts of a range of partners until they are submitted or failed', async () => {
    const { ledger, payouts } = stores();
    for (const partnerId of ['a', 'a.1', 'b', 'c']) await ledger.post(aPosting({ partnerId }));
    const idsBetween = async (first: string, last: string): Promise<string[]> =>
      (await collect(payouts.reserved(programId, { first, last }))).map((payout) => payout.partnerId);
    expect(await idsBetween('a', 'b')).toEqual(['a', 'a.1', 'b']);
    const claimed = await step(ledger, (await payouts.get(programId, 'po~2026-01.1~a~GBP'))!, CLAIM);
    const unknown = await step(ledger, claimed, { type: 'no_answer' });
    expect(await idsBetween('a', 'a')).toEqual(['a']);
    await step(ledger, unknown, { type: 'accepted' });
    expect(await idsBetween('a', 'c')).toEqual(['a.1', 'b', 'c']);
  });

  it('lists the payouts claimed for the bank files of a run, also those of earlier runs', async () => {
    const { ledger, payouts } = stores();
    const runId = '2026-02.1';
    for (const over of [{ currency: 'JPY' }, { partnerId: 'z' }, { partnerId: 'y', runId: '2026-01.2' }]) {
      const posting = aPosting(over);
      await ledger.post(posting);
      await step(ledger, posting.payout!, { type: 'claim', rail: 'bank_file', runId, endToEndId: 'TS1' });
    }
    expect(await collect(payouts.inBankFilesOf(programId, runId))).toEqual([
      { currency: 'GBP', payoutId: 'po~2026-01.1~z~GBP' },
      { currency: 'GBP', payoutId: 'po~2026-01.2~y~GBP' },
      { currency: 'JPY', payoutId: 'po~2026-01.1~p1~JPY' },
    ]);
    expect(await collect(payouts.inBankFilesOf(programId, '2026-01.1'))).toEqual([]);
  });

  it('records a bank file once', async () => {
    const { files } = stores();
    const file: BankFile = {
      programId,
      runId: '2026-01.1',
      currency: 'GBP',
      rail: 'bank_file',
      format: 'pain.001.001.09',
      messageId: 'm',
      documentKey: 'k',
      count: 2,
      controlSumMinor: 9_007_199_254_740_993n,
      sha256: 'x',
      createdAt: NOW,
    };
    expect(await files.create(file)).toBe('applied');
    expect(await files.create({ ...file, count: 3 })).toBe('refused');
    await files.create({ ...file, currency: 'EUR' });
    await files.create({ ...file, currency: 'GBP', rail: 'nacha', count: 7 });
    expect(await files.get(programId, '2026-01.1', 'GBP', 'bank_file')).toEqual(file);
    expect(await files.get(programId, '2026-01.1', 'GBP', 'nacha')).toMatchObject({ rail: 'nacha', count: 7 });
    expect(await files.get(programId, '2026-01.1', 'EUR', 'nacha')).toBeUndefined();
    expect((await files.list(programId, '2026-01.1')).map((one) => [one.currency, one.rail])).toEqual([
      ['EUR', 'bank_file'],
      ['GBP', 'bank_file'],
      ['GBP', 'nacha'],
    ]);
    expect(await files.list(programId, '2026-01.2')).toEqual([]);
  });
});

describe('the sandbox rail on the real engine', () => {
  const rail = () => makeSandboxRail({ ...table, clock: () => Date.parse(NOW) });

  it('accepts a payout id once and stores the report that its stream publishes', async () => {
    const payout = mine({ status: 'submitting' });
    const first = await rail().submit(payout, { ...sandboxPayee('return'), payeeId: 'c1' });
    expect(first).toEqual({ outcome: 'accepted', reference: `sandbox-${payout.payoutId}` });
    expect(await rail().submit(payout, { ...sandboxPayee('settle'), payeeId: 'c1' })).toEqual(first);
    const Key = railEventKey(programId, payout.payoutId, `rail~${payout.payoutId}`);
    const { Item } = await table.documents.send(new GetCommand({ TableName: table.tableName, Key }));
    const change = moneyChangeOfRecord({ dynamodb: { NewImage: marshall(Item) as never } });
    expect(change).toMatchObject({ type: 'rail_event', programId, payoutId: payout.payoutId, outcome: 'returned' });
  });

  it('keeps its first answer when the payee leaves it, or comes to it', async () => {
    const [accepted, refused] = [mine({ partnerId: 'a' }), mine({ partnerId: 'b' })];
    await rail().submit(accepted, { ...sandboxPayee(), payeeId: 'c1' });
    expect(await rail().submit(accepted, { ...bankPayee(), payeeId: 'c1' })).toMatchObject({ outcome: 'accepted' });
    expect(await rail().submit(refused, { ...bankPayee(), payeeId: 'c1' })).toMatchObject({ outcome: 'rejected' });
    expect(await rail().submit(refused, { ...sandboxPayee(), payeeId: 'c1' })).toMatchObject({ outcome: 'rejected' });
  });
});
