import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { readEnvironment } from '#functions/runtime/environment';

const REQUEST_TIMEOUT_MS = 1_000;
const CONNECTION_TIMEOUT_MS = 500;
const MAX_ATTEMPTS = 4;

/**
 * The longest one command may take with all its retries. The drain before a close waits for it after the
 * cached programme has lapsed, so that no fact slips behind the cut (design.md, Closing a month).
 * Functions that only read are not told and take the default.
 */
const { LONGEST_WRITE_SECONDS } = readEnvironment(
  z.object({ LONGEST_WRITE_SECONDS: z.coerce.number().positive().default(5) }),
);
const MS_PER_SECOND = 1_000;

/** One client a function instance. Large numbers come back as bigint: item parsers turn every amount into bigint. */
export const documents = withDeadline(
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      maxAttempts: MAX_ATTEMPTS,
      requestHandler: { requestTimeout: REQUEST_TIMEOUT_MS, connectionTimeout: CONNECTION_TIMEOUT_MS },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  ),
  LONGEST_WRITE_SECONDS * MS_PER_SECOND,
);

/** Ends a command, its retries included, after `deadlineMs`; the caller sees an `AbortError`. */
export function withDeadline(client: DynamoDBDocumentClient, deadlineMs: number): DynamoDBDocumentClient {
  const send = client.send.bind(client) as (command: unknown, options?: object) => Promise<unknown>;
  client.send = ((command: unknown, options?: object) =>
    send(command, { abortSignal: AbortSignal.timeout(deadlineMs), ...options })) as typeof client.send;
  return client;
}
