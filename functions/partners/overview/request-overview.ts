import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { programs } from '#functions/runtime/programs';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import { makeOverviews } from '#shared/adapters/dynamodb/partners/overview/overviews';
import { makeRequestOverview } from '#shared/application/partners/overview/request-overview';
import { requestOverviewRoute } from '#shared/contracts/partners/overview/request-overview';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));
const partnersTable = { documents, tableName: environment.PARTNERS_TABLE };

const ask = makeRequestOverview({ overviews: makeOverviews(partnersTable), programs, clock: Date.now });
const idempotency = makeIdempotencyStore({ ...partnersTable, clock: Date.now });

const RETRY_AFTER_SECONDS = 3;

export const requestOverview: HttpHandler<typeof requestOverviewRoute> = async ({ params, body }, context) => ({
  status: await ask({ ...params, ...body, requestId: context.newId }),
  retryAfterSeconds: RETRY_AFTER_SECONDS,
});

export const handler = httpFunction(requestOverviewRoute, requestOverview, { idempotency });
