import { KMSClient } from '@aws-sdk/client-kms';
import * as z from 'zod';
import { readEnvironment } from '#functions/runtime/environment';
import { makeKmsKey } from '#shared/adapters/kms-key';

const REQUEST_TIMEOUT_MS = 2_000;
const CONNECTION_TIMEOUT_MS = 500;
/** KMS throttles a region as a whole: a run that opens many payees waits its turn. */
const MAX_ATTEMPTS = 6;

const { PAYEE_KEY_ARN } = readEnvironment(z.object({ PAYEE_KEY_ARN: z.string().min(1) }));

/** The key of payees, as far as the function's grants go. */
export const payeeKey = makeKmsKey({
  client: new KMSClient({
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: { requestTimeout: REQUEST_TIMEOUT_MS, connectionTimeout: CONNECTION_TIMEOUT_MS },
  }),
  keyArn: PAYEE_KEY_ARN,
});
