import { type DynamoDBDocumentClient, GetCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '#shared/adapters/dynamodb/batch-get';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { agreementPuts } from '#shared/adapters/dynamodb/partners/agreement-items';
import { makeAgreementReads } from '#shared/adapters/dynamodb/partners/agreements';
import { type ConditionalPut, conditionalPut } from '#shared/adapters/dynamodb/partners/conditional-put';
import {
  emailHashItem,
  personItem,
  profileItem,
  profileOfItem,
  standingItem,
  standingOfItem,
  tierChangeItem,
  tierChangeOfItem,
} from '#shared/adapters/dynamodb/partners/partner-items';
import {
  CONTRACT_INDEX,
  type Key,
  profileKey,
  termsContractPk,
  termsKey,
  tierChangeKey,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { makePayeeStore, payeeItems } from '#shared/adapters/dynamodb/partners/payee-store';
import type { PartnerProfile, PartnerStore } from '#shared/application/partners/ports';

type Table = { documents: DynamoDBDocumentClient; tableName: string };

/** Most partners' terms are a few hundred bytes. Larger ones end a page early, at the 1 MB of one query. */
const PAGE_LIMIT = 100;

/** Partners in the Partners table: terms apart from personal data, each growth of the terms conditional on its version. */
export function makePartnerStore({ documents, tableName }: Table): PartnerStore {
  const get = async (key: Key): Promise<Record<string, unknown> | undefined> =>
    (await documents.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }))).Item;

  const write = (puts: readonly ConditionalPut[]): Promise<boolean> =>
    ifConditionHolds(
      documents.send(
        new TransactWriteCommand({ TransactItems: puts.map((put) => ({ Put: conditionalPut(tableName, put) })) }),
      ),
    );

  return {
    ...makeAgreementReads({ documents, tableName }),
    ...makePayeeStore({ documents, tableName }),

    async enrol(standing, profile, payee, writes = {}) {
      const { programId, partnerId } = standing;
      const payment = payee ? payeeItems(programId, partnerId, payee) : [];
      const items = [
        standingItem(standing),
        profileItem(profile),
        emailHashItem(profile),
        personItem(profile),
        ...payment,
      ];
      const puts = [...items.map((item) => ({ item })), ...agreementPuts(standing, writes)];
      return (await write(puts)) ? 'created' : 'exists';
    },

    async standing(programId, partnerId) {
      const item = await get(termsKey(programId, partnerId));
      return item && standingOfItem(item);
    },

    async profile(programId, partnerId) {
      const item = await get(profileKey(programId, partnerId));
      return item && profileOfItem(item);
    },

    async tierChange(programId, partnerId, sequence) {
      const item = await get(tierChangeKey(programId, partnerId, sequence));
      return item && tierChangeOfItem(item);
    },

    async *standings(programId, { after, through }) {
      let position = after;
      for (;;) {
        const page = await queryTerms({ documents, tableName }, programId, position, PAGE_LIMIT);
        for (const standing of page.standings) {
          if (through !== undefined && standing.partnerId > through) return;
          yield standing;
        }
        if (page.next === undefined) return;
        position = page.next;
      }
    },

    async save(standing, change, writes = {}) {
      const { version } = standing;
      const puts = [
        { item: standingItem({ ...standing, version: version + 1 }), expectedVersion: version },
        ...(change ? [{ item: tierChangeItem(change) }] : []),
        ...agreementPuts(standing, writes),
      ];
      return (await write(puts)) ? 'saved' : 'stale';
    },

    async list(programId, { cursor, limit }) {
      const after = cursor === undefined ? undefined : fromCursor(cursor);
      const page = await queryTerms({ documents, tableName }, programId, after, limit);
      const ids = page.standings.map((standing) => standing.partnerId);
      const profiles = await batchProfiles({ documents, tableName }, programId, ids);
      return {
        items: page.standings.flatMap((standing) => {
          const profile = profiles.get(standing.partnerId);
          return profile ? [{ standing, profile }] : [];
        }),
        nextCursor: page.next === undefined ? undefined : toCursor(page.next),
      };
    },
  };
}

async function queryTerms(
  { documents, tableName }: Table,
  programId: string,
  after: string | undefined,
  limit: number,
): Promise<{ standings: ReturnType<typeof standingOfItem>[]; next: string | undefined }> {
  const page = await documents.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: CONTRACT_INDEX,
      KeyConditionExpression: after === undefined ? 'contractPk = :pk' : 'contractPk = :pk AND contractSk > :after',
      ExpressionAttributeValues: { ':pk': termsContractPk(programId), ':after': after },
      // One more than wanted, so that the last page is known to be the last.
      Limit: limit + 1,
    }),
  );
  const found = (page.Items ?? []).map(standingOfItem);
  const standings = found.slice(0, limit);
  const isLast = found.length <= limit && !page.LastEvaluatedKey;
  return { standings, next: isLast ? undefined : standings.at(-1)?.partnerId };
}

async function batchProfiles(
  table: Table,
  programId: string,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, PartnerProfile>> {
  const profiles = new Map<string, PartnerProfile>();
  const keys = partnerIds.map((partnerId) => profileKey(programId, partnerId));
  await batchGet(table, keys, (item) => {
    const profile = profileOfItem(item);
    profiles.set(profile.partnerId, profile);
  });
  return profiles;
}
