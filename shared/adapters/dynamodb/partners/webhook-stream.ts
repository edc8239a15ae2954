import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { WEBHOOK_PAUSE_SK_PREFIX } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { WebhookPause } from '#shared/application/notifications/webhooks/webhook-paused-event';

const pauseSchema = z.object({
  programId: z.string(),
  endpointId: z.string(),
  pausedAt: instantField,
  failingSince: instantField,
  host: z.string(),
  /** Absent in what was paused before it was told apart. */
  why: z.enum(['failing', 'gone']).default('failing'),
});

/** The pause of an endpoint that a record of the stream brings; `undefined` for any other record. @throws ZodError */
export function webhookPauseOfRecord({ eventName, dynamodb }: DynamoDBRecord): WebhookPause | undefined {
  const isPause = eventName === 'INSERT' && dynamodb?.Keys?.sk?.S?.startsWith(WEBHOOK_PAUSE_SK_PREFIX);
  if (!isPause || !dynamodb?.NewImage) return undefined;
  return pauseSchema.parse(unmarshall(dynamodb.NewImage as Parameters<typeof unmarshall>[0]));
}
