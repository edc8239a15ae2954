import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { instantField, periodField } from '#shared/adapters/dynamodb/money/money-fields';
import { OVERVIEW_REFRESH_SK_PREFIX } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { RefreshRequest } from '#shared/application/partners/overview/overview';

const image = z.record(z.string(), z.any());
const changeSchema = z.object({
  eventName: z.enum(['INSERT', 'MODIFY']),
  dynamodb: z.object({
    Keys: z.object({ sk: z.object({ S: z.string().startsWith(OVERVIEW_REFRESH_SK_PREFIX) }) }),
    NewImage: image,
  }),
});
const requestSchema = z
  .object({
    programId: z.string(),
    period: periodField,
    requestId: z.string(),
    requestedAt: instantField,
    state: z.string(),
  })
  .transform(({ requestedAt: at, ...rest }) => ({ ...rest, at }));

/** The request for a refresh that a record of the stream brings; `undefined` for any other record, and for what became of one. */
export function refreshRequestOfRecord(record: unknown): RefreshRequest | undefined {
  const change = changeSchema.safeParse(record);
  if (!change.success) return undefined;
  const { state, ...request } = requestSchema.parse(unmarshall(change.data.dynamodb.NewImage));
  return state === 'requested' ? request : undefined;
}
