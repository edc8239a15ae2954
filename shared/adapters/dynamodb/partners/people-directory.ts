import { BatchGetCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { knownPersonKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { KnownPerson, PeopleDirectory } from '#shared/application/partners/people/people-ports';

const itemSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  email: z.string().optional(),
  emailHash: z.string().optional(),
  staffOf: z.array(z.string()),
  partnerOf: z.array(z.object({ programId: z.string(), partnerId: z.string() })),
  seenAt: instantField,
});

/** Of one batch that is throttled. */
const MAX_ATTEMPTS = 5;

/** What people are called who signed in, an item a person. The last one to be kept counts: all say the same of a moment. */
export function makePeopleDirectory(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): PeopleDirectory {
  const { documents, tableName } = table;
  return {
    /** Up to a hundred at once, which is one batch. */
    async find(ids) {
      const found: KnownPerson[] = [];
      let open: Record<string, unknown>[] = [...new Set(ids)].map(knownPersonKey);
      for (let attempt = 0; open.length > 0; attempt += 1) {
        if (attempt >= MAX_ATTEMPTS) throw new Error('the directory of people is throttled');
        const answer = await documents.send(new BatchGetCommand({ RequestItems: { [tableName]: { Keys: open } } }));
        for (const item of answer.Responses?.[tableName] ?? []) found.push(itemSchema.parse(item));
        open = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
      }
      return found;
    },
    async keep(person) {
      await documents.send(new PutCommand({ TableName: tableName, Item: { ...knownPersonKey(person.id), ...person } }));
    },
  };
}
