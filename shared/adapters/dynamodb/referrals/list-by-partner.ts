import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { isListedUnder } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { Page } from '#shared/application/ports';

/**
 * One page of a programme's listing, of all partners (`sk` empty) or of those whose keys begin with `sk`.
 * @throws Failure invalid_request for a cursor that this list did not return
 */
export async function listByPartner<T>(
  { documents, tableName }: { readonly documents: DynamoDBDocumentClient; readonly tableName: string },
  { pk, sk }: { readonly pk: string; readonly sk: string },
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
  parse: (item: unknown) => T,
): Promise<Page<T>> {
  const page = await documents.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: sk === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :partner)',
      ExpressionAttributeValues: { ':pk': pk, ...(sk === '' ? {} : { ':partner': sk }) },
      Limit: limit,
      ...(cursor === undefined ? {} : { ExclusiveStartKey: { pk, sk: fromCursor(cursor, isListedUnder(sk)) } }),
    }),
  );
  const last = page.LastEvaluatedKey?.sk;
  return {
    items: (page.Items ?? []).map(parse),
    ...(typeof last === 'string' ? { nextCursor: toCursor(last) } : {}),
  };
}
