import * as z from 'zod';
import { HEALTH_STATUSES } from '#shared/domain/partner/health/health';
import { HEALTH_REASONS, REASON_SEVERITIES } from '#shared/domain/partner/health/health-words';

export const healthStatusSchema = z.enum(HEALTH_STATUSES).meta({
  description:
    '`at_risk`: something should be done. `watch`: something to look at. `new`: its first agreement began less than 30 days ago and nothing is at risk. `ended`: its agreement is over and none follows.',
});

export const healthReasonSchema = z.object({
  code: z.enum(HEALTH_REASONS),
  severity: z.enum(REASON_SEVERITIES).meta({ description: '`notice` does not count towards the status.' }),
  text: z.string().meta({ description: 'One sentence; days are those of the programme.' }),
});

/** How many partners have which health. */
export const healthCountsSchema = z.record(z.enum(HEALTH_STATUSES), z.int());

export const asOfSchema = z.string().meta({ description: 'When the facts were read.' });
export const isStaleSchema = z
  .boolean()
  .meta({ description: 'Older than it need be: ask for a newer one by POST .../overview-refreshes.' });

/** What is answered while there is nothing to show yet. */
export const notReadySchema = z.object({
  status: z.literal('not_ready'),
  whatToDo: z.string(),
});
