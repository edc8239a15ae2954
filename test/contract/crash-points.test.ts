import { setImmediate as turn } from 'node:timers/promises';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBalances } from '#shared/adapters/dynamodb/money/ledger/balances';
import { makeBankFiles } from '#shared/adapters/dynamodb/money/ledger/bank-files';
import { makeJournal } from '#shared/adapters/dynamodb/money/ledger/journal';
import { makeLedger } from '#shared/adapters/dynamodb/money/ledger/ledger';
import { makePayoutHistory } from '#shared/adapters/dynamodb/money/ledger/payout-history';
import { makePayoutResolutions } from '#shared/adapters/dynamodb/money/ledger/payout-resolutions';
import { makePayouts } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { payoutPk } from '#shared/adapters/dynamodb/money/money-keys';
import { makePayoutHolds } from '#shared/adapters/dynamodb/money/runs/payout-holds';
import { itemOfRun } from '#shared/adapters/dynamodb/money/runs/run-item';
import { makeRunReviews } from '#shared/adapters/dynamodb/money/runs/run-reviews';
import { makeRunShards } from '#shared/adapters/dynamodb/money/runs/run-shards';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs/runs';
import { makeWaitingLists } from '#shared/adapters/dynamodb/money/runs/waiting-lists';
import { makeInvoices } from '#shared/adapters/dynamodb/money/statements/invoices';
import { pain001 } from '#shared/adapters/rails/bank-file';
import { makeSandboxRail } from '#shared/adapters/rails/sandbox';
import type { BankEntries, StoredEntry } from '#shared/application/payouts/bank-reports/bank-report-ports';
import { makeAdvancePayout } from '#shared/application/payouts/paying/advance-payout';
import { makePostStatements } from '#shared/application/payouts/paying/post-statements';
import { makeSettlePayout } from '#shared/application/payouts/paying/settle-payout';
import { makeSubmitPayouts } from '#shared/application/payouts/paying/submit-payouts';
import { makeWriteBankFiles } from '#shared/application/payouts/paying/write-bank-files';
import { makeDifferences } from '#shared/application/payouts/proof/verify-differences';
import { verifyPayoutHistories } from '#shared/application/payouts/proof/verify-payout-history';
import { makeCompletePayoutRun } from '#shared/application/payouts/runs/complete-payout-run';
import { payableChange } from '#shared/domain/ledger/journal';
import { PAYOUT_RAILS } from '#shared/domain/ledger/payout';
import { ACME_FILE_RAILS } from '#test/support/builders/file-rails';
import {
  anApprovedRun,
  aStatement,
  at,
  bankPayee,
  sandboxPayee,
  sha256,
  silentLog,
} from '#test/support/builders/payouts';
import { makeFakeDocuments } from '#test/support/fakes/ledger';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

/**
 * How a write on the engine ends: the process is gone behind it (before it, see the simulation's crash points). `unheard`: the connection breaks behind it, and the SDK sends the same request again by itself;
 * `answer_lost`: it gives up too, and the error reaches the use case.
 */
const ENDINGS = ['killed', 'unheard', 'answer_lost'] as const;
type Fault = { readonly write: number; readonly ending: (typeof ENDINGS)[number] };

const WRITES = new Set(['PutItemCommand', 'UpdateItemCommand', 'TransactWriteItemsCommand']);
class Ended extends Error {}
class Broken extends Error {
  override readonly name = 'TimeoutError';
}

let table: TestTable;
let fault: Fault | undefined;
let written: string[] = [];
let isDead = false;
let unheard = false;

beforeAll(async () => {
  table = await aMoneyTable();
  const { middlewareStack } = table.documents;
  middlewareStack.add(
    (next, context) => async (given) => {
      if (isDead) throw new Ended('dead');
      const name = context.commandName ?? '';
      const isHere = WRITES.has(name) && written.push(name) === fault?.write;
      if (!isHere || !fault) return next(given);
      const { ending } = fault;
      isDead = ending === 'killed';
      unheard = ending === 'unheard';
      const answer = await next(given);
      if (ending === 'unheard') return answer;
      throw new Ended(ending);
    },
    { step: 'initialize', name: 'crashPoint' },
  );
  // Inside the SDK's own repetitions.
  middlewareStack.add(
    (next) => async (given) => {
      const answer = await next(given);
      if (!unheard) return answer;
      unheard = false;
      throw new Broken('socket hang up');
    },
    { step: 'deserialize', name: 'brokenConnection', priority: 'low' },
  );
});
afterAll(() => table?.stop());

const RUN = '2026-01.1';
const STATEMENTS = [aStatement({ partnerId: 'p1' }), aStatement({ partnerId: 'p2', earnedMinor: 777n })];

/** An approved run of two partners, one a rail, over the real adapters. */
async function aRunOf(programId: string) {
  const run = anApprovedRun({ programId });
  await table.documents.send(new PutCommand({ TableName: table.tableName, Item: itemOfRun(run, 'request') }));
  const shards = makeRunShards(table);
  await shards.putResult(programId, RUN, 's1', { factCount: 0, factsDigest: '', sales: {}, statements: STATEMENTS });
  const runs = makeRuns(table);
  const payouts = makePayouts(table);
  const ledger = makeLedger(table);
  let now = Date.parse('2026-02-02T12:00:00Z');
  const clock = (): number => (now += 1_000);
  const payee = { p1: sandboxPayee(), p2: bankPayee() };
  const of = (id: string) => ({
    payeeId: 'c1',
    changedAt: at('2026-01-01T00:00:00Z'),
    ...payee[id as keyof typeof payee],
  });
  const documents = makeFakeDocuments();
  const advance = makeAdvancePayout({ ledger, payouts, clock });
  const paying = {
    ...{ runs, shards, payouts, ledger, advance, documents, clock, digest: sha256, log: silentLog },
    payees: { payee: async (_: string, id: string) => of(id), payeeOnRecord: async (_: string, id: string) => of(id) },
    ...{ reviews: makeRunReviews(table), holds: makePayoutHolds(table), waitingLists: makeWaitingLists(table) },
    ...{ invoices: makeInvoices(table), files: makeBankFiles(table), railsOf: async () => ACME_FILE_RAILS },
    rails: { sandbox: makeSandboxRail({ ...table, clock }) },
    railsSetUp: async () => new Set(PAYOUT_RAILS),
  };
  const [post, submit, writeFiles] = [
    makePostStatements(paying),
    makeSubmitPayouts(paying),
    makeWriteBankFiles(paying),
  ];
  const [complete, settle] = [makeCompletePayoutRun(paying), makeSettlePayout(paying)];
  const ids = { programId, runId: RUN };
  const settled = (id: string) => () => {
    const payoutId = `po~${RUN}~${id}~GBP`;
    return settle({ programId, payoutId, outcome: 'settled', origin: saidByBank(payoutId) });
  };
  const shard = { ...ids, shard: 's1' };
  const tasks: readonly (() => Promise<unknown>)[] = [
    () => post(shard),
    () => submit(shard),
    () => writeFiles(ids),
    () => complete(ids),
    ...['p1', 'p2'].map(settled),
  ];
  return { tasks, documents, payouts };
}

/** Each task again until it ends, as the workflow repeats it. */
async function pay(programId: string) {
  const run = await aRunOf(programId);
  written = [];
  for (const task of run.tasks) {
    for (let isDone = false; !isDone; ) {
      try {
        await task();
        isDone = true;
      } catch (error) {
        if (!(error instanceof Ended)) throw error;
        // What ran beside it meets a dead process first.
        await turn();
        isDead = false;
      }
    }
  }
  const count = written.length;
  return { ...(await outcomeOf(programId, run)), count };
}

/** The bank's word of a payout, which is not what crashes here, and the entry that it was. */
const saidByBank = (payoutId: string) =>
  ({
    by: 'person:finn',
    evidence: { source: 'bank_report', reference: payoutId, documentSha256: 'file' },
  }) as const;
const bankEntries: Pick<BankEntries, 'getMany'> = {
  getMany: async (_programId, ids) =>
    ids.map(
      (id) =>
        ({ entryId: id, payoutId: id, currency: 'GBP', reportId: 'file', proposedBy: 'person:finn' }) as StoredEntry,
    ),
};

async function outcomeOf(programId: string, { documents, payouts }: Awaited<ReturnType<typeof aRunOf>>) {
  const found = [];
  for (const id of ['p1', 'p2']) {
    const payout = (await payouts.get(programId, `po~${RUN}~${id}~GBP`))!;
    const entries = [];
    for await (const entry of makeJournal(table).ofPartner(programId, id)) entries.push(entry);
    const [balance] = await makeBalances(table).of(programId, id);
    expect(balance?.payableMinor).toBe(entries.reduce((sum, entry) => sum + payableChange(entry), 0n));
    const differences = makeDifferences();
    const ledger = { partnerId: id, payouts: [payout], entries, balances: [] };
    const resolutions = makePayoutResolutions(table);
    const history = makePayoutHistory(table);
    await verifyPayoutHistories({ history, resolutions, bankEntries, payouts }, ledger, differences);
    expect(differences.found).toEqual([]);
    const { Items: requests = [] } = await table.documents.send(
      new QueryCommand({
        TableName: table.tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': payoutPk(programId, payout.payoutId), ':sk': 'RAIL_' },
      }),
    );
    found.push({
      status: payout.status,
      entries: entries.map(({ entryId }) => entryId).sort(),
      balance,
      requests: requests.map(({ type }) => type),
    });
  }
  const invoices = await makeInvoices(table).ofPartner(programId, 'p1');
  const ids = [...documents.texts.values()].flatMap((text) => pain001.endToEndIdsOf(text));
  // Ids and message ids name the programme, which is another one for each trial.
  const files = [...documents.texts.values()].map((text) => text.replaceAll(/<(MsgId|PmtInfId|EndToEndId)>[^<]*/g, ''));
  return { found, files, payments: ids.length, invoices: invoices.map(({ statementId }) => statementId) };
}

describe('a process that ends at any command of a payment', () => {
  it('is followed by one that pays each payout once, on the real engine', async () => {
    const { count, ...calm } = await pay('calm');
    expect(calm.found.map(({ status }) => status)).toEqual(['settled', 'settled']);
    expect(calm.found.map(({ requests }) => requests)).toEqual([['rail_event', 'rail_request'], []]);
    expect(calm.payments).toBe(1);
    for (let write = 1; write <= count; write += 1) {
      for (const ending of ENDINGS) {
        fault = { write, ending };
        const { count: _, ...found } = await pay(`${ending}-${write}`);
        expect(found, `${ending} command ${write}`).toEqual(calm);
      }
    }
    fault = undefined;
    process.stdout.write(`crash points on the engine: ${count} commands × ${ENDINGS.length}, all resumed\n`);
    expect(count).toBeGreaterThan(10);
  }, 60_000);
});
