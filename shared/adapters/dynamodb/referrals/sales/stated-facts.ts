import { type DynamoDBDocumentClient, paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import {
  CLAWBACK_PAGES_FROM,
  factPageSk,
  NOTHING_SK_PREFIX,
  nothingPageSk,
  statementPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import { linesFromText } from '#shared/adapters/dynamodb/money/statements/line-text';
import type { NothingReader, StatedFacts } from '#shared/application/payouts/explain/explain-ports';
import type { NothingEarned } from '#shared/domain/statement/statement';

/** As `nothingToText` writes it: conversion, component or null, reason. */
const nothingSchema = z.array(z.tuple([z.string(), z.string().nullable(), z.string()]));
const nothingPageSchema = z.object({ sk: z.string(), nothing: z.string() });
const linesPageSchema = z.object({ lines: z.string() });

/** A page has 500 reasons in some 30 kB: as many as one query answers. */
const PAGES_AT_ONCE = 32;

function entriesOf(item: Record<string, unknown>): readonly NothingEarned[] {
  const entries = nothingSchema.parse(JSON.parse(nothingPageSchema.parse(item).nothing));
  return entries.map(([conversionId, componentId, reason]) => ({
    conversionId,
    reason,
    ...(componentId === null ? {} : { componentId }),
  }));
}

/** Reads what a statement kept about one order or refund. Reasons are not ordered by order id, so their pages are read through. */
export function makeStatedFacts(deps: {
  documents: DynamoDBDocumentClient;
  tableName: string;
}): StatedFacts & NothingReader {
  const { documents, tableName } = deps;
  return {
    async nothing(programId, statementId, orderId) {
      const pages = paginateQuery(
        { client: documents, pageSize: PAGES_AT_ONCE },
        {
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :nothing)',
          ExpressionAttributeValues: { ':pk': statementPk(programId, statementId), ':nothing': NOTHING_SK_PREFIX },
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages) {
        const found = Items.flatMap(entriesOf).filter(({ conversionId }) => conversionId === orderId);
        if (found.length > 0) return found;
      }
      return [];
    },
    async nothingPages(programId, statementId, { after, limit }) {
      const pk = statementPk(programId, statementId);
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: {
            ':pk': pk,
            ':first': nothingPageSk(after + 1),
            ':last': `${NOTHING_SK_PREFIX}~`,
          },
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      const pages = Items.map((item) => ({
        ordinal: Number(nothingPageSchema.parse(item).sk.slice(NOTHING_SK_PREFIX.length)),
        entries: entriesOf(item),
      }));
      return { pages, more: LastEvaluatedKey !== undefined };
    },
    async clawbackLines(programId, statementId, { occurredAt, refundId }) {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: {
            ':pk': statementPk(programId, statementId),
            ':first': CLAWBACK_PAGES_FROM,
            ':last': factPageSk('3', occurredAt, refundId),
          },
          ScanIndexForward: false,
          Limit: 1,
          ConsistentRead: true,
        }),
      );
      const lines = Items[0] ? linesFromText(linesPageSchema.parse(Items[0]).lines) : [];
      return lines.filter((line) => line.kind === 'clawback' && line.refundId === refundId);
    },
  };
}
