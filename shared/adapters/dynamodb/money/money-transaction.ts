import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { cancellationCodes } from '#shared/adapters/dynamodb/cancellation';
import type { WriteOutcome } from '#shared/application/payouts/ledger/ledger-ports';

/** Fifty writers on one balance: each waits its turn within about ten seconds. */
const MAX_CONFLICTS = 24;
const FIRST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 640;

export type TransactItems = NonNullable<TransactWriteCommandInput['TransactItems']>;

/**
 * Writes all items or none. Meeting another transaction on the same balance is waited out, so nothing in `items` may be true
 * only for a while: a fact's period is (`writeOnce`). `refused` when a condition of an item does not hold.
 */
export async function writeTogether(
  documents: DynamoDBDocumentClient,
  items: TransactItems,
  wait: (ms: number) => Promise<unknown> = sleep,
): Promise<WriteOutcome> {
  for (let conflicts = 0; ; conflicts += 1) {
    try {
      return await write(documents, items);
    } catch (error) {
      if (!isConflict(error) || conflicts >= MAX_CONFLICTS) throw error;
      await wait(randomInt(FIRST_WAIT_MS, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (conflicts + 1))));
    }
  }
}

/**
 * Writes all items or none, at once: `contended` when another transaction was faster and nothing is stored. For facts, whose
 * period has to be stamped anew before the next attempt (design.md, Closing a month).
 */
export async function writeOnce(
  documents: DynamoDBDocumentClient,
  items: TransactItems,
): Promise<WriteOutcome | 'contended'> {
  try {
    return await write(documents, items);
  } catch (error) {
    if (isConflict(error)) return 'contended';
    throw error;
  }
}

async function write(documents: DynamoDBDocumentClient, items: TransactItems): Promise<WriteOutcome> {
  try {
    await documents.send(new TransactWriteCommand({ TransactItems: items }));
    return 'applied';
  } catch (error) {
    if (cancellationCodes(error)?.includes('ConditionalCheckFailed')) return 'refused';
    throw error;
  }
}

function isConflict(error: unknown): boolean {
  return cancellationCodes(error)?.includes('TransactionConflict') ?? false;
}
