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

/** What managers see, as it was kept. */
export const show = makeGetDashboard({ overviews, programs, clock: Date.now });
export const list = makeListPartnerHealth({ overviews, programs, clock: Date.now });

/** There is nothing to show yet. */
export function notReady(): Reply {
  const whatToDo = 'Send POST .../overview-refreshes, and ask again in some seconds.';
  return reply(202, { body: { status: 'not_ready', whatToDo } });
}
