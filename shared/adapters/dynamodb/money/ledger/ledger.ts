import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { addToBalance } from '#shared/adapters/dynamodb/money/ledger/balances';
import { entryItem } from '#shared/adapters/dynamodb/money/ledger/journal';
import { payoutRecordItem } from '#shared/adapters/dynamodb/money/ledger/payout-history';
import { payoutItem } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { bankPayoutKey } from '#shared/adapters/dynamodb/money/money-keys';
import { type TransactItems, writeTogether } from '#shared/adapters/dynamodb/money/money-transaction';
import { postedField, postedStatementItem } from '#shared/adapters/dynamodb/money/statements/posted-statement';
import type { Ledger, StatementPosting } from '#shared/application/payouts/ledger/ledger-ports';
import { type JournalEntry, payableChange } from '#shared/domain/ledger/journal';
import { isFileRail, type Payout, type PayoutChange } from '#shared/domain/ledger/payout';
import type { PayoutRecord } from '#shared/domain/ledger/payout-history';

type Put = { TableName: string; Item: Record<string, unknown>; ConditionExpression: string };

/** Money moves in the Money table: entry, balance and payout in one transaction, each guarded against a second time. */
export function makeLedger({ documents, tableName }: { documents: DynamoDBDocumentClient; tableName: string }): Ledger {
  return {
    post: async (posting) => {
      if (posting.entry || posting.payout) return writeTogether(documents, postingItems(tableName, posting));
      const put = posting.statement && putNew(tableName, postedStatementItem(posting, posting.statement.statementId));
      return !put || (await ifConditionHolds(documents.send(new PutCommand(put.Put)))) ? 'applied' : 'refused';
    },
    change: (...changes) => writeTogether(documents, changeItems(tableName, changes)),
  };
}

function postingItems(tableName: string, posting: StatementPosting): TransactItems {
  const { programId, partnerId, currency, postedAt: at, entry, payout } = posting;
  const said = postedField(posting);
  return [
    ...(entry ? [putEntry(tableName, entry, said)] : []),
    ...(payout ? [createPayout(tableName, payout, entry ? {} : said)] : []),
    addToBalance(tableName, {
      programId,
      partnerId,
      currency,
      payableDeltaMinor: entry ? payableChange(entry) : 0n,
      reservedDeltaMinor: payout ? payout.amountMinor : 0n,
      at,
    }),
  ];
}

/** Changes of one payout, each from the one before: the payout as the last one leaves it, and the entries and records of all. */
export function changeItems(tableName: string, changes: readonly PayoutChange[]): TransactItems {
  const [first, last] = [changes[0], changes.at(-1)];
  if (!first || !last) return [];
  const { payout } = last;
  const items: TransactItems = [updatePayout(tableName, first, payout)];
  for (const { entry, record } of changes) {
    items.push(putRecord(tableName, payout, record));
    if (entry) items.push(putEntry(tableName, entry));
  }
  const payableDeltaMinor = changes.reduce((sum, change) => sum + change.payableDeltaMinor, 0n);
  const reservedDeltaMinor = changes.reduce((sum, change) => sum + change.reservedDeltaMinor, 0n);
  if (payableDeltaMinor !== 0n || reservedDeltaMinor !== 0n) {
    const { programId, partnerId, currency, updatedAt } = payout;
    const at = updatedAt;
    items.push(addToBalance(tableName, { programId, partnerId, currency, payableDeltaMinor, reservedDeltaMinor, at }));
  }
  if (payout.status === 'submitting' && isFileRail(payout.rail)) items.push(claimForBankFile(tableName, payout));
  return items;
}

function putNew(TableName: string, Item: Record<string, unknown>): { readonly Put: Put } {
  return { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

function putEntry(tableName: string, entry: JournalEntry, said: Record<string, unknown> = {}): TransactItems[number] {
  return putNew(tableName, { ...entryItem(entry), ...said });
}

function putRecord(tableName: string, payout: Payout, record: PayoutRecord): TransactItems[number] {
  return putNew(tableName, payoutRecordItem(payout, record));
}

function createPayout(tableName: string, payout: Payout, said: Record<string, unknown>): TransactItems[number] {
  return putNew(tableName, { ...payoutItem(payout), ...said });
}

/** The status says whether the step may be taken, the number of changes that nobody took another one meanwhile. */
function updatePayout(tableName: string, { from, record }: PayoutChange, payout: Payout): TransactItems[number] {
  const before = record.sequence - 1;
  const asSeen = before === 0 ? 'attribute_not_exists(changes)' : 'changes = :before';
  return {
    Put: {
      TableName: tableName,
      Item: payoutItem(payout),
      ConditionExpression: `#status = :from AND ${asSeen}`,
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':from': from, ...(before === 0 ? {} : { ':before': before }) },
    },
  };
}

function claimForBankFile(tableName: string, payout: Payout): TransactItems[number] {
  const { programId, submissionRunId, currency, payoutId } = payout;
  if (submissionRunId === undefined) throw new Error(`payout ${payoutId} was claimed for no run`);
  const key = bankPayoutKey(programId, submissionRunId, currency, payoutId);
  return { Put: { TableName: tableName, Item: { ...key, type: 'bank_payout', currency, payoutId } } };
}
