import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { auditEffectsOfItem } from '#shared/adapters/dynamodb/money/audit/audit-effects';
import type { AuditEffect } from '#shared/application/payouts/proof/audit-effects';
import { canonicalJson } from '#shared/domain/audit/canonical-json';

/** The effects that a record of the Money table's stream brings: those of the new item that the old one did not have so. */
export function auditEffectsOfRecord(record: DynamoDBRecord): readonly AuditEffect[] {
  const after = effectsOfImage(record.dynamodb?.NewImage);
  if (after.length === 0) return after;
  const before = new Set(effectsOfImage(record.dynamodb?.OldImage).map(canonicalJson));
  return after.filter((effect) => !before.has(canonicalJson(effect)));
}

function effectsOfImage(image: unknown): readonly AuditEffect[] {
  return image === undefined ? [] : auditEffectsOfItem(unmarshall(image as Record<string, AttributeValue>));
}
