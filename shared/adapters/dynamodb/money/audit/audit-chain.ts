import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
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

/** BatchGetItem answers less than was asked for when the table is throttled. */
const MAX_UNPROCESSED_ROUNDS = 10;

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
      let Keys: Record<string, unknown>[] = facts.map((fact) => auditClaimKey(programId, fact));
      for (let round = 0; Keys.length > 0; round += 1) {
        if (round >= MAX_UNPROCESSED_ROUNDS) throw new Error(`${Keys.length} audit claims could not be read`);
        const answer = await documents.send(
          new BatchGetCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }),
        );
        claims.push(...(answer.Responses?.[tableName] ?? []).map((item) => claimSchema.parse(item)));
        Keys = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
      }
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
