import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { digest } from '#shared/adapters/digest';
import { makeLedger } from '#shared/adapters/dynamodb/money/ledger/ledger';
import { makePayouts } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { BY_PERIOD_INDEX, CONTRACT_INDEX } from '#shared/adapters/dynamodb/money/money-keys';
import { makeRunReviews } from '#shared/adapters/dynamodb/money/runs/run-reviews';
import { makeRunShards } from '#shared/adapters/dynamodb/money/runs/run-shards';
import { makeWaitingLists } from '#shared/adapters/dynamodb/money/runs/waiting-lists';
import { makeInvoices } from '#shared/adapters/dynamodb/money/statements/invoices';
import { makeStatementWriter } from '#shared/adapters/dynamodb/money/statements/statement-writer';
import { makeStatements } from '#shared/adapters/dynamodb/money/statements/statements';
import { aMoneyTable } from '#test/support/money-table';
import { closeRound } from './close-round.ts';

/** What one stage asked of the Money table. */
export type Counted = {
  calls: number;
  writeUnits: number;
  readUnits: number;
  /** Of the write units, those of each index, whose items of one run have one key; and of the run's own partition. */
  byPeriodUnits: number;
  contractUnits: number;
  runUnits: number;
};
export type Sample = {
  readonly partners: number;
  readonly lines: number;
  readonly stages: ReadonlyMap<string, Counted>;
};

const READS = [GetCommand, QueryCommand, BatchGetCommand];
const LINES_A_SALE = 2;

/** Closes a small month on the engine with the adapters of the Money table, and counts what each stage consumes. */
export async function countOnEngine(partners: number, sales: number): Promise<Sample> {
  const table = await aMoneyTable();
  try {
    const stages = new Map<string, Counted>();
    let current = nothingYet();
    const documents = counting(table.documents, () => current);
    const money = { documents, tableName: table.tableName };
    await closeRound({
      partners,
      sales,
      callMs: 60_000,
      around: (stage) => {
        current = nothingYet();
        stages.set(stage, current);
      },
      money: (fake) => ({
        ...fake,
        shards: makeRunShards(money),
        reviews: makeRunReviews(money),
        waitingLists: makeWaitingLists(money),
        statements: makeStatements(money),
        newWriter: (options) => makeStatementWriter({ ...money, digest, ...options }),
      }),
      ledger: (fake) => ({ ...fake, ledger: makeLedger(money), payouts: makePayouts(money) }),
      invoices: makeInvoices(money),
    });
    return { partners, lines: partners * sales * LINES_A_SALE, stages };
  } finally {
    await table.stop();
  }
}

const nothingYet = (): Counted => ({
  calls: 0,
  writeUnits: 0,
  readUnits: 0,
  byPeriodUnits: 0,
  contractUnits: 0,
  runUnits: 0,
});

type Units = { readonly CapacityUnits?: number };
type Capacity = Units & { readonly GlobalSecondaryIndexes?: Readonly<Record<string, Units>> };

/** The same client; every command is asked for what it consumed, indexes included. */
function counting(documents: DynamoDBDocumentClient, current: () => Counted): DynamoDBDocumentClient {
  const send = async (command: { readonly input: object }): Promise<unknown> => {
    Object.assign(command.input, { ReturnConsumedCapacity: 'INDEXES' });
    const answer = (await documents.send(command as never)) as { ConsumedCapacity?: Capacity | readonly Capacity[] };
    const counted = current();
    counted.calls += 1;
    for (const used of [answer.ConsumedCapacity ?? []].flat() as readonly Capacity[]) {
      const units = used.CapacityUnits ?? 0;
      if (READS.some((read) => command instanceof read)) {
        counted.readUnits += units;
        continue;
      }
      counted.writeUnits += units;
      counted.byPeriodUnits += used.GlobalSecondaryIndexes?.[BY_PERIOD_INDEX]?.CapacityUnits ?? 0;
      counted.contractUnits += used.GlobalSecondaryIndexes?.[CONTRACT_INDEX]?.CapacityUnits ?? 0;
      if (command instanceof PutCommand && String(command.input.Item?.pk).includes('#RUN#')) counted.runUnits += units;
    }
    return answer;
  };
  return { send } as unknown as DynamoDBDocumentClient;
}
