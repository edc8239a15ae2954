import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { appendRecords, digest } from '#functions/payouts/audit/audit-appending';
import { log } from '#functions/runtime/log';
import { auditEffectsOfRecord } from '#shared/adapters/dynamodb/money/audit/audit-stream';
import type { AppendAuditRecords } from '#shared/application/payouts/proof/append-audit-records';
import { type AuditEffect, factOf } from '#shared/application/payouts/proof/audit-effects';

/**
 * Appends what a batch of the Money table's stream tells to the chains of its programmes. Records that could not be read, and all
 * of a programme whose chain could not be reached, are reported: Lambda delivers from the first of them again, and what is in its
 * chain by then is left as it is.
 */
export function makeHandler(append: AppendAuditRecords) {
  return async ({ Records }: Pick<DynamoDBStreamEvent, 'Records'>): Promise<DynamoDBBatchResponse> => {
    const failed = new Set<string>();
    const effects: { readonly effect: AuditEffect; readonly itemIdentifier: string }[] = [];
    for (const record of Records) {
      const itemIdentifier = record.dynamodb?.SequenceNumber ?? '';
      try {
        for (const effect of auditEffectsOfRecord(record)) effects.push({ effect, itemIdentifier });
      } catch {
        // The error may quote the item: only its place is logged.
        log.error('a change in the stream could not be read', { itemIdentifier });
        failed.add(itemIdentifier);
      }
    }
    for (const [programId, own] of Map.groupBy(effects, ({ effect }) => effect.programId)) {
      try {
        await append(
          programId,
          own.map(({ effect }) => factOf(effect, digest)),
        );
      } catch (error) {
        log.error('audit records could not be appended', { programId, reason: String(error) });
        for (const { itemIdentifier } of own) failed.add(itemIdentifier);
      }
    }
    return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

export const handler = makeHandler(appendRecords);
