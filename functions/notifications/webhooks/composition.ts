import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import { makeWebhookDeliveries } from '#shared/adapters/dynamodb/partners/webhook-deliveries';
import { makeWebhookEndpoints } from '#shared/adapters/dynamodb/partners/webhook-endpoints';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

export const clock = Date.now;
export const partnersTable = { documents, tableName: environment.PARTNERS_TABLE };

/** What every function of webhooks reads and writes. */
export const endpoints = makeWebhookEndpoints(partnersTable);
export const deliveries = makeWebhookDeliveries(partnersTable);
export const idempotency = makeIdempotencyStore({ ...partnersTable, clock });
