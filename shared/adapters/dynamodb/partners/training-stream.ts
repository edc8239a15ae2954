import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { EARNED_CERTIFICATE_SK_PREFIX } from '#shared/adapters/dynamodb/partners/partners-keys';
import { earnedCertificateOfItem } from '#shared/adapters/dynamodb/partners/training-items';
import type { EarnedCertificate } from '#shared/application/partners/training/training-ports';

/** DynamoDB's own notation of values, as streams carry it. */
const insertSchema = z.object({
  eventName: z.literal('INSERT'),
  dynamodb: z.object({ Keys: z.object({ sk: z.object({ S: z.string() }) }) }),
});
const imageSchema = z.object({ dynamodb: z.object({ NewImage: z.record(z.string(), z.any()) }) });

/** The certificate that a record of the Partners table's stream brings; `undefined` for any other record. @throws ZodError */
export function earnedCertificateOfRecord(record: unknown): EarnedCertificate | undefined {
  const insert = insertSchema.safeParse(record);
  if (!insert.success || !insert.data.dynamodb.Keys.sk.S.startsWith(EARNED_CERTIFICATE_SK_PREFIX)) return undefined;
  return earnedCertificateOfItem(unmarshall(imageSchema.parse(record).dynamodb.NewImage));
}
