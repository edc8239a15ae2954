import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { payoutContractKey } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { instantField, periodField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  adjustmentPeriodKey,
  ENTRY_SK_PREFIX,
  journalPeriodKey,
  partnerLedgerPk,
  payoutKey,
  payoutPeriodKey,
  pendingAdjustmentKey,
  programIdOfPk,
  proposalPeriodKey,
  resolutionPeriodKey,
  statementKey,
  statementPeriodKey,
} from '#shared/adapters/dynamodb/money/money-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { IndexPlaces, Misplaced, PlaceFault } from '#shared/application/payouts/proof/verify-places';
import { PAYOUT_RAILS } from '#shared/domain/ledger/payout';

/**
 * By which index keys an item of the Money table is found. No digest covers them, and an item without them is there for whoever
 * knows its key and not for the close of its month: a proof compares them with those that its content leads to.
 */
type Item = Readonly<Record<string, unknown>>;

const INDEX_KEYS = ['periodPk', 'periodSk', 'contractPk', 'contractSk'] as const;

const ofPartner = { partnerId: z.string(), period: periodField };
const adjustmentSchema = z.looseObject({ ...ofPartner, adjustmentId: z.string(), occurredAt: instantField });
const proposalSchema = adjustmentSchema.extend({ status: z.string() });
const statementSchema = z.looseObject({ ...ofPartner, currency: z.string(), attempt: z.int() });
const entrySchema = z.looseObject({ entryId: z.string(), postedAt: instantField });
const resolutionSchema = z.looseObject({ payoutId: z.string(), resolutionId: z.string(), runId: z.string() });
const payoutSchema = z.looseObject({
  payoutId: z.string(),
  partnerId: z.string(),
  runId: z.string(),
  status: z.enum(['created', 'submitting', 'submitted', 'unknown', 'settled', 'failed', 'returned']),
  rail: z.enum(PAYOUT_RAILS).optional(),
});

/** The index keys that an item must have; `undefined` for an item of another type. @throws ZodError */
function keysOf(item: Item): Item | undefined {
  const programId = programIdOfPk(z.string().parse(item.pk));
  switch (item.type) {
    case 'adjustment': {
      const adjustment = adjustmentSchema.parse(item);
      return adjustmentPeriodKey(programId, adjustment.period, adjustment);
    }
    case 'adjustment_proposal': {
      const proposal = proposalSchema.parse(item);
      const pending = proposal.status === 'proposed' ? pendingAdjustmentKey(programId, proposal) : {};
      return { ...proposalPeriodKey(programId, proposal.period, proposal), ...pending };
    }
    case 'statement': {
      const statement = statementSchema.parse(item);
      return statementPeriodKey(programId, statement.period, statement);
    }
    case 'journal_entry': {
      const { postedAt, entryId } = entrySchema.parse(item);
      return journalPeriodKey(programId, postedAt, entryId);
    }
    case 'payout_resolution':
      return resolutionPeriodKey(programId, resolutionSchema.parse(item));
    case 'payout': {
      const payout = payoutSchema.parse(item);
      const { runId, payoutId } = payout;
      return { ...payoutPeriodKey(programId, runId, payoutId), ...payoutContractKey({ ...payout, programId }) };
    }
    default:
      return undefined;
  }
}

/** Which index keys an item has otherwise than it must, or that its content leads to none. */
export function placeFaultsOf(item: Item): readonly PlaceFault[] {
  try {
    const expected = keysOf(item);
    return expected ? faultsBetween(item, expected) : [];
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return [{ field: 'index keys', stored: 'unreadable', expected: z.prettifyError(error) }];
  }
}

export function faultsBetween(item: Item, expected: Item): readonly PlaceFault[] {
  return INDEX_KEYS.filter((name) => item[name] !== expected[name]).map((name) => ({
    field: `index key ${name}`,
    stored: item[name],
    expected: expected[name],
  }));
}

/** Reads by primary key what lies in indexes. */
export function makeIndexPlaces(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): IndexPlaces {
  const { documents, tableName } = table;
  const misplacedAt = async (key: Record<string, unknown>): Promise<readonly PlaceFault[]> => {
    const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
    return Item ? placeFaultsOf(Item) : [];
  };
  return {
    ofStatement: (programId, statementId) => misplacedAt(statementKey(programId, statementId)),
    ofPayout: (programId, payoutId) => misplacedAt(payoutKey(programId, payoutId)),
    async *ofEntries(programId, partnerId): AsyncGenerator<Misplaced> {
      const items = queryAll(documents, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': partnerLedgerPk(programId, partnerId), ':sk': ENTRY_SK_PREFIX },
        ConsistentRead: true,
      });
      for await (const item of items) {
        const faults = placeFaultsOf(item);
        if (faults.length > 0) yield { id: entrySchema.parse(item).entryId, faults };
      }
    },
  };
}
