import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import {
  ADJUSTMENT_ITEM_TYPE,
  adjustmentOfItem,
  PROPOSAL_ITEM_TYPE,
} from '#shared/adapters/dynamodb/money/adjustments/adjustment-items';
import { BANK_REPORT_ITEM_TYPE, reportOfItem } from '#shared/adapters/dynamodb/money/bank-reports/bank-report-items';
import { payoutOfItem } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { settingsChangeOfItem } from '#shared/adapters/dynamodb/money/programs/program-item';
import { RUN_ITEM_TYPE, runOfItem } from '#shared/adapters/dynamodb/money/runs/run-item';
import { SIMULATION_ITEM_TYPE, simulationOfItem } from '#shared/adapters/dynamodb/money/simulations/simulation-item';
import {
  POSTED_STATEMENT_ITEM_TYPE,
  postedStatementOfItem,
} from '#shared/adapters/dynamodb/money/statements/posted-statement';
import type { BankReport } from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { MoneyChange } from '#shared/application/payouts/runs/money-events';

const railEventSchema = z.object({
  type: z.literal('rail_event'),
  eventId: z.string(),
  programId: z.string(),
  payoutId: z.string(),
  occurredAt: instantField,
  outcome: z.enum(['settled', 'failed', 'returned']),
  reason: z.string().optional(),
});

/** What a record of the Money table's stream means to others; `undefined` for all that stays inside. */
export function moneyChangeOfRecord(record: DynamoDBRecord): MoneyChange | undefined {
  const after = itemOf(record.dynamodb?.NewImage);
  if (after?.type === RUN_ITEM_TYPE) {
    const before = itemOf(record.dynamodb?.OldImage);
    return { type: 'run', before: before && runOfItem(before), after: runOfItem(after) };
  }
  if (after?.type === ADJUSTMENT_ITEM_TYPE || after?.type === PROPOSAL_ITEM_TYPE) return disputeAdjustmentOf(after);
  if (after?.type === SIMULATION_ITEM_TYPE) {
    const isNew = record.dynamodb?.OldImage === undefined;
    return isNew ? { type: 'simulation', simulation: simulationOfItem(after) } : undefined;
  }
  if (after?.type === BANK_REPORT_ITEM_TYPE) {
    const before = itemOf(record.dynamodb?.OldImage);
    return interruptionOf(before && reportOfItem(before), reportOfItem(after));
  }
  if (after?.type === 'payout') {
    const before = itemOf(record.dynamodb?.OldImage);
    const statement = before ? undefined : postedStatementOfItem(after);
    return { type: 'payout', before: before && payoutOfItem(before), after: payoutOfItem(after), statement };
  }
  if (after?.type === 'journal_entry' || after?.type === POSTED_STATEMENT_ITEM_TYPE) {
    const statement = postedStatementOfItem(after);
    return statement && { type: 'posted', statement };
  }
  if (after?.type === 'settings_change') return { type: 'settings', change: settingsChangeOfItem(after) };
  return after?.type === 'rail_event' ? railEventSchema.parse(after) : undefined;
}

/** Each interruption once: the pages of a report are no news. */
function interruptionOf(before: BankReport | undefined, after: BankReport): MoneyChange | undefined {
  const { programId, reportId, status, interruptedAt: at } = after;
  if (status === 'done' || at === undefined || at === before?.interruptedAt) return undefined;
  return { type: 'bank_report', programId, reportId, at };
}

/** A fact, or a proposal that waits or was declined; one that was approved is told by its fact. */
function disputeAdjustmentOf(item: Record<string, unknown>): MoneyChange | undefined {
  const { links, status, period, adjustmentId, proposedAt, recordedAt } = adjustmentOfItem(item);
  const at = recordedAt ?? proposedAt;
  if (links?.disputeId === undefined || at === undefined) return undefined;
  if (item.type === PROPOSAL_ITEM_TYPE && status === 'recorded') return undefined;
  const programId = z.string().parse(item.programId);
  return { type: 'dispute_adjustment', programId, adjustmentId, state: status, period, at };
}

function itemOf(image: unknown): Record<string, unknown> | undefined {
  return image === undefined ? undefined : unmarshall(image as Record<string, AttributeValue>);
}
