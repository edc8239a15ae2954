import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { personSchema } from '#shared/adapters/dynamodb/partners/partner-items';
import { personPk } from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { PeopleReader } from '#shared/application/partners/ports';

/** The partners that a person is, over all programmes. */
export function makePeopleReader(table: { documents: DynamoDBDocumentClient; tableName: string }): PeopleReader {
  return {
    async partnersByEmailHash(emailHash) {
      const partners: { programId: string; partnerId: string }[] = [];
      const query = {
        TableName: table.tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': personPk(emailHash) },
        ConsistentRead: true,
      };
      for await (const item of queryAll(table.documents, query)) partners.push(personSchema.parse(item));
      return partners;
    },
  };
}
