import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { type Reply, reply } from '#functions/runtime/http';
import { programs } from '#functions/runtime/programs';
import { makeOverviews } from '#shared/adapters/dynamodb/partners/overview/overviews';
import { makeGetDashboard } from '#shared/application/partners/overview/get-dashboard';
import { makeListPartnerHealth } from '#shared/application/partners/overview/list-partner-health';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

const overviews = makeOverviews({ documents, tableName: environment.PARTNERS_TABLE });

/** What managers see: read as it was kept, and asked to be computed anew. */
export const show = makeGetDashboard({ overviews, programs, clock: Date.now });
export const list = makeListPartnerHealth({ overviews, programs, clock: Date.now });

const RETRY_AFTER_SECONDS = 3;

/** There is nothing to show yet. */
export function computing(): Reply {
  const headers = { 'retry-after': String(RETRY_AFTER_SECONDS) };
  return reply(202, { body: { status: 'computing', retryAfterSeconds: RETRY_AFTER_SECONDS }, headers });
}
