import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The longest one write may take; the drain before a close waits for it (design.md, Closing a month). */
const REQUEST_TIMEOUT_MS = 1_000;
const CONNECTION_TIMEOUT_MS = 500;

/** One client a function instance. Amounts come back as bigint when large: item parsers turn every amount into bigint. */
export const documents = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    maxAttempts: 4,
    requestHandler: { requestTimeout: REQUEST_TIMEOUT_MS, connectionTimeout: CONNECTION_TIMEOUT_MS },
  }),
  { marshallOptions: { removeUndefinedValues: true } },
);
