import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  auditVerificationKey,
  auditVerificationsPk,
  isAuditVerificationSk,
} from '#shared/adapters/dynamodb/money/money-keys';
import type { AuditVerifications } from '#shared/application/payouts/proof/audit-verification';
import type { Period } from '#shared/domain/time/instant';

const headSchema = z.object({ sequence: z.int(), hash: z.string() });
const statusSchema = z.enum(['equal', 'different', 'unfinished']);
const count = z.coerce.number();

const verificationSchema = z.object({
  verificationId: z.string(),
  programId: z.string(),
  at: instantField,
  endedAt: instantField,
  by: z.string(),
  onBehalfOf: z.string().optional(),
  status: statusSchema,
  chain: z.object({
    head: headSchema,
    through: headSchema,
    earlierHeads: count,
    broken: z
      .object({
        sequence: z.int(),
        field: z.enum(['programId', 'sequence', 'previousHash', 'hash', 'head', 'kept']),
        stored: z.string(),
        expected: z.string(),
      })
      .optional(),
  }),
  continues: z.string().optional(),
  period: z
    .object({
      period: z.string().transform((text) => text as Period),
      status: statusSchema,
      statements: count,
      entries: count,
      balances: count,
      differences: z.array(
        z.object({
          subject: z.enum([
            'programme',
            'run',
            'statement',
            'entry',
            'payout',
            'invoice',
            'balance',
            'partner',
            'order',
            'audit',
          ]),
          id: z.string(),
          field: z.string(),
          stored: z.string(),
          recomputed: z.string(),
        }),
      ),
      unnamed: count,
    })
    .optional(),
});

/** Verifications of audit chains in the Money table: written once, never changed, and apart from the chains. */
export function makeAuditVerifications({
  documents,
  tableName,
}: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): AuditVerifications {
  return {
    async add(verification) {
      const Item = { ...auditVerificationKey(verification), type: 'audit_verification', ...verification };
      await documents.send(
        new PutCommand({ TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
      );
    },
    async list(programId, { cursor, limit }) {
      const pk = auditVerificationsPk(programId);
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
          ExclusiveStartKey: cursor === undefined ? undefined : { pk, sk: fromCursor(cursor, isAuditVerificationSk) },
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: limit,
        }),
      );
      const items = Items.map((item) => verificationSchema.parse(item));
      return LastEvaluatedKey ? { items, nextCursor: toCursor(String(LastEvaluatedKey.sk)) } : { items };
    },
  };
}
