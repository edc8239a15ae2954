import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '#shared/adapters/dynamodb/batch-get';
import { payeeKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { payeeOfItem } from '#shared/adapters/dynamodb/partners/payee-items';
import type { PayeeOnRecord } from '#shared/application/partner-terms';

/** Payees of many partners without their details: a run asks for all of them. Read consistently. */
export function makePayeesOnRecord(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly pause: (ms: number) => Promise<unknown>;
  readonly random: () => number;
}): {
  payeesOnRecord(programId: string, partnerIds: readonly string[]): Promise<ReadonlyMap<string, PayeeOnRecord>>;
} {
  return {
    async payeesOnRecord(programId, partnerIds) {
      const partnerOf = new Map(partnerIds.map((partnerId) => [payeeKey(programId, partnerId).pk, partnerId]));
      const keys = partnerIds.map((partnerId) => payeeKey(programId, partnerId));
      const found = new Map<string, PayeeOnRecord>();
      await batchGet(
        table,
        keys,
        (item) => {
          const partnerId = partnerOf.get(String(item.pk));
          if (partnerId === undefined) return;
          const { payeeId, shown, changedAt, usableFrom } = payeeOfItem(item);
          found.set(partnerId, {
            payeeId,
            rail: shown.rail,
            changedAt,
            ...(usableFrom === undefined ? {} : { usableFrom }),
          });
        },
        true,
      );
      return found;
    },
  };
}
