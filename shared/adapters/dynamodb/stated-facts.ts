import { type DynamoDBDocumentClient, paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { linesFromText } from '#shared/adapters/dynamodb/line-text';
import { CLAWBACK_PAGES_FROM, factPageSk, NOTHING_SK_PREFIX, statementPk } from '#shared/adapters/dynamodb/money-keys';
import type { StatedFacts } from '#shared/application/payouts/explain-ports';

/** As `nothingToText` writes it: conversion, component or null, reason. */
const nothingSchema = z.array(z.tuple([z.string(), z.string().nullable(), z.string()]));
const nothingPageSchema = z.object({ nothing: z.string() });
const linesPageSchema = z.object({ lines: z.string() });

/** A page has 500 reasons in some 30 kB: as many as one query answers. */
const PAGES_AT_ONCE = 32;

/** Reads what a statement kept about one order or refund. Reasons are not ordered by order id, so their pages are read through. */
export function makeStatedFacts(deps: { documents: DynamoDBDocumentClient; tableName: string }): StatedFacts {
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
        const entries = Items.flatMap((item) => nothingSchema.parse(JSON.parse(nothingPageSchema.parse(item).nothing)));
        const found = entries.filter(([conversionId]) => conversionId === orderId);
        if (found.length === 0) continue;
        return found.map(([conversionId, componentId, reason]) => ({
          conversionId,
          reason,
          ...(componentId === null ? {} : { componentId }),
        }));
      }
      return [];
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
