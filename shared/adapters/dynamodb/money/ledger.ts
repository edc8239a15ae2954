import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { addToBalance } from '#shared/adapters/dynamodb/money/balances';
import { entryItem } from '#shared/adapters/dynamodb/money/journal';
import { bankPayoutKey } from '#shared/adapters/dynamodb/money/money-keys';
import { type TransactItems, writeTogether } from '#shared/adapters/dynamodb/money/money-transaction';
import { payoutItem } from '#shared/adapters/dynamodb/money/payouts';
import type { Ledger } from '#shared/application/payouts/ledger/ledger-ports';
import { type JournalEntry, payableChange } from '#shared/domain/ledger/journal';
import { isFileRail, type Payout, type PayoutChange } from '#shared/domain/ledger/payout';

/** Money moves in the Money table: entry, balance and payout in one transaction, each guarded against a second time. */
export function makeLedger({ documents, tableName }: { documents: DynamoDBDocumentClient; tableName: string }): Ledger {
  return {
    post: ({ programId, partnerId, currency, postedAt, entry, payout }) =>
      writeTogether(documents, [
        ...(entry ? [putEntry(tableName, entry)] : []),
        ...(payout ? [createPayout(tableName, payout)] : []),
        addToBalance(tableName, {
          programId,
          partnerId,
          currency,
          payableDeltaMinor: entry ? payableChange(entry) : 0n,
          reservedDeltaMinor: payout ? payout.amountMinor : 0n,
          at: postedAt,
        }),
      ]),
    change: (change) => writeTogether(documents, changeItems(tableName, change)),
  };
}

function changeItems(tableName: string, change: PayoutChange): TransactItems {
  const { payout, entry, payableDeltaMinor, reservedDeltaMinor } = change;
  const items: TransactItems = [updatePayout(tableName, change)];
  if (entry) items.push(putEntry(tableName, entry));
  if (payableDeltaMinor !== 0n || reservedDeltaMinor !== 0n) {
    const { programId, partnerId, currency, updatedAt } = payout;
    const at = updatedAt;
    items.push(addToBalance(tableName, { programId, partnerId, currency, payableDeltaMinor, reservedDeltaMinor, at }));
  }
  if (payout.status === 'submitting' && isFileRail(payout.rail)) items.push(claimForBankFile(tableName, payout));
  return items;
}

function putEntry(tableName: string, entry: JournalEntry): TransactItems[number] {
  return { Put: { TableName: tableName, Item: entryItem(entry), ConditionExpression: 'attribute_not_exists(pk)' } };
}

function createPayout(tableName: string, payout: Payout): TransactItems[number] {
  return { Put: { TableName: tableName, Item: payoutItem(payout), ConditionExpression: 'attribute_not_exists(pk)' } };
}

function updatePayout(tableName: string, { from, payout }: PayoutChange): TransactItems[number] {
  return {
    Put: {
      TableName: tableName,
      Item: payoutItem(payout),
      ConditionExpression: '#status = :from',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':from': from },
    },
  };
}

function claimForBankFile(tableName: string, payout: Payout): TransactItems[number] {
  const { programId, submissionRunId, currency, payoutId } = payout;
  if (submissionRunId === undefined) throw new Error(`payout ${payoutId} was claimed for no run`);
  const key = bankPayoutKey(programId, submissionRunId, currency, payoutId);
  return { Put: { TableName: tableName, Item: { ...key, type: 'bank_payout', currency, payoutId } } };
}
