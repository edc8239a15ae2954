import * as z from 'zod';
import { clock } from '#functions/notifications/webhooks/composition';
import { readEnvironment } from '#functions/runtime/environment';
import { makeSigningKeys } from '#shared/adapters/signing-keys';
import { makeWebhookSecrets } from '#shared/adapters/webhooks/webhook-secrets';

const environment = readEnvironment(z.object({ SIGNING_SECRET_ARN: z.string() }));

export const secrets = makeWebhookSecrets(
  makeSigningKeys({ secretArn: environment.SIGNING_SECRET_ARN, environment: process.env, clock }),
);
