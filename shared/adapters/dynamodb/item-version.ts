import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

type Put = NonNullable<NonNullable<TransactWriteCommandInput['TransactItems']>[number]['Put']>;

/** That the stored item was changed as often as its reader saw; one that never was has no version. */
export function isOfVersion(version: number): Omit<Put, 'TableName' | 'Item'> {
  const ExpressionAttributeNames = { '#version': 'version' };
  if (version === 0) {
    return { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#version)', ExpressionAttributeNames };
  }
  const ExpressionAttributeValues = { ':version': version };
  return { ConditionExpression: '#version = :version', ExpressionAttributeNames, ExpressionAttributeValues };
}
