import * as z from 'zod';
import type { ZodOpenApiPathItemObject } from 'zod-openapi';
import { WEBHOOK_DATA, WEBHOOK_TYPES, type WebhookType } from '#shared/contracts/notifications/webhooks/webhook-event';

const HEADERS = [
  ['webhook-id', 'The same in every attempt: what was seen under it before is to be left out.'],
  ['webhook-timestamp', 'Of the attempt, in seconds since 1970.'],
  ['webhook-signature', 'One or several, separated by spaces: `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64.'],
] as const;

const PARAMETERS = HEADERS.map(([name, description]) => ({
  name,
  in: 'header' as const,
  required: true,
  description,
  schema: { type: 'string' as const },
}));

/** What receivers are sent, a message a type, as OpenAPI 3.1 describes it: from the schemas that make the messages. */
export function webhooksDocument(): Record<string, ZodOpenApiPathItemObject> {
  return Object.fromEntries(WEBHOOK_TYPES.map((type) => [type, messageOf(type)]));
}

function messageOf(type: WebhookType): ZodOpenApiPathItemObject {
  const schema = z.object({
    type: z.literal(type),
    timestamp: z.string().meta({ description: 'When it happened.' }),
    data: WEBHOOK_DATA[type],
  });
  return {
    post: {
      summary: `A message of type ${type}`,
      description: 'Signed as Standard Webhooks says. Messages may come more than once and in any order.',
      operationId: `webhook-${type}`,
      tags: ['notifications'],
      security: [],
      parameters: PARAMETERS,
      requestBody: { required: true, content: { 'application/json': { schema } } },
      responses: {
        '2XX': {
          description: 'It was taken. Answer at once and work afterwards: after 15 seconds it counts as failed.',
        },
        '410': { description: 'No more messages are wanted: the endpoint is disabled.' },
        default: { description: 'It failed, also a redirect: it is sent again up to nine times in three days.' },
      },
    },
  };
}
