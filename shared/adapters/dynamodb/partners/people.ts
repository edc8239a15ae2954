import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { rolesGrantSchema } from '#shared/adapters/dynamodb/partners/members';
import { personSchema } from '#shared/adapters/dynamodb/partners/partner-items';
import { isPersonRolesSk, personPk } from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { PeopleReader, PersonGrant } from '#shared/application/partners/ports';

/** The partners that a person is and the roles that it has, over all programmes: one query. */
export function makePeopleReader(table: { documents: DynamoDBDocumentClient; tableName: string }): PeopleReader {
  const grantsByEmailHash = async (emailHash: string): Promise<readonly PersonGrant[]> => {
    const grants: PersonGrant[] = [];
    const query = {
      TableName: table.tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': personPk(emailHash) },
      ConsistentRead: true,
    };
    for await (const item of queryAll(table.documents, query)) {
      if (!isPersonRolesSk(String(item.sk))) {
        grants.push(personSchema.parse(item));
        continue;
      }
      // Without a role the item only waits until it lapses.
      const grant = rolesGrantSchema.parse(item);
      if (grant.roles.length > 0) grants.push(grant);
    }
    return grants;
  };
  return {
    grantsByEmailHash,
    partnersByEmailHash: async (emailHash) =>
      (await grantsByEmailHash(emailHash)).flatMap((grant) => ('partnerId' in grant ? [grant] : [])),
  };
}
