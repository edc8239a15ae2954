import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { batchGet } from '#shared/adapters/dynamodb/batch-get';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  auditClaimKey,
  auditHeadKey,
  auditRecordKey,
  auditRecordSk,
  auditRecordsPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import { type TransactItems, writeTogether } from '#shared/adapters/dynamodb/money/money-transaction';
import type { AuditChain, AuditClaim, AuditTrail } from '#shared/application/payouts/proof/audit-ports';
import { AUDIT_KINDS, type AuditHead, type AuditRecord } from '#shared/domain/audit/audit-chain';

const headSchema = z.object({ sequence: z.int(), hash: z.string() });
const claimSchema = z.object({
  kind: z.enum(AUDIT_KINDS),
  subjectId: z.string(),
  sequence: z.int(),
  contentDigest: z.string(),
});
const recordSchema = z.object({
  programId: z.string(),
  sequence: z.int(),
  previousHash: z.string(),
  hash: z.string(),
  kind: z.enum(AUDIT_KINDS),
  subjectId: z.string(),
  occurredAt: instantField,
  recordedBy: z.string(),
  content: z.string(),
});

type Deps = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };
type Write = TransactItems[number];

/** Audit chains in the Money table. The records of a programme are one partition, read consistently and in order. */
export function makeAuditChain({ documents, tableName }: Deps): AuditChain & AuditTrail {
  return {
    async head(programId) {
      const Key = auditHeadKey(programId);
      const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
      return Item && headSchema.parse(Item);
    },
    async claims(programId, facts) {
      const claims: AuditClaim[] = [];
      const keys = facts.map((fact) => auditClaimKey(programId, fact));
      await batchGet({ documents, tableName }, keys, (item) => claims.push(claimSchema.parse(item)), true);
      return claims;
    },
    append: (programId, before, records) =>
      writeTogether(documents, [
        ...records.flatMap((record) => recordWrites(tableName, record)),
        moveHead(tableName, programId, before, records),
      ]),
    async list(programId, { order, after, limit }) {
      const isUpwards = order === 'oldest';
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: `pk = :pk${after === undefined ? '' : ` AND sk ${isUpwards ? '>' : '<'} :after`}`,
          ExpressionAttributeValues: {
            ':pk': auditRecordsPk(programId),
            ...(after === undefined ? {} : { ':after': auditRecordSk(after) }),
          },
          ScanIndexForward: isUpwards,
          ConsistentRead: true,
          Limit: limit,
        }),
      );
      const items = Items.map((item): AuditRecord => recordSchema.parse(item));
      return LastEvaluatedKey ? { items, after: items.at(-1)?.sequence } : { items };
    },
  };
}

function recordWrites(
  tableName: string,
  { contentDigest, ...record }: AuditRecord & { contentDigest: string },
): Write[] {
  const { programId, kind, subjectId, sequence } = record;
  const claim = { kind, subjectId, sequence, contentDigest };
  return [
    putNew(tableName, { ...auditRecordKey(programId, sequence), type: 'audit_record', ...record }),
    putNew(tableName, { ...auditClaimKey(programId, claim), type: 'audit_claim', ...claim }),
  ];
}

function moveHead(
  tableName: string,
  programId: string,
  before: AuditHead | undefined,
  records: readonly AuditRecord[],
): Write {
  const last = records.at(-1);
  if (!last) throw new RangeError('there is nothing to append');
  const Item = { ...auditHeadKey(programId), type: 'audit_head', sequence: last.sequence, hash: last.hash };
  if (!before) return putNew(tableName, Item);
  return {
    Put: {
      TableName: tableName,
      Item,
      ConditionExpression: '#hash = :hash',
      ExpressionAttributeNames: { '#hash': 'hash' },
      ExpressionAttributeValues: { ':hash': before.hash },
    },
  };
}

function putNew(tableName: string, Item: Record<string, unknown>): Write {
  return { Put: { TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}
