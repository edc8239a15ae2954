import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { letterOfItem } from '#shared/adapters/dynamodb/partners/applications/application-items';
import { APPLICATION_LETTER_SK_PREFIX } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { Letter } from '#shared/application/partners/applications/ports';

/** DynamoDB's own notation of values, as streams carry it. */
const insertSchema = z.object({
  eventName: z.literal('INSERT'),
  dynamodb: z.object({ Keys: z.object({ sk: z.object({ S: z.string() }) }) }),
});
const imageSchema = z.object({ dynamodb: z.object({ NewImage: z.record(z.string(), z.any()) }) });

/** The letter to an applicant that a record of the Partners table's stream brings; `undefined` for any other record. @throws ZodError */
export function letterOfRecord(record: unknown): Letter | undefined {
  const insert = insertSchema.safeParse(record);
  if (!insert.success || !insert.data.dynamodb.Keys.sk.S.startsWith(APPLICATION_LETTER_SK_PREFIX)) return undefined;
  return letterOfItem(unmarshall(imageSchema.parse(record).dynamodb.NewImage));
}
