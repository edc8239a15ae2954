import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, minorSchema, tierSchema } from '#shared/contracts/fields';
import {
  asOfSchema,
  healthCountsSchema,
  healthReasonSchema,
  healthStatusSchema,
  isStaleSchema,
  notReadySchema,
} from '#shared/contracts/partners/overview/health';
import { defineRoute } from '#shared/contracts/route';

const MAX_SEARCH_LENGTH = 100;

export const partnerHealthSchema = z.object({
  partnerId: z.string(),
  name: z.string(),
  country: z.string().optional(),
  tier: z.string().optional(),
  health: healthStatusSchema,
  reasons: z.array(healthReasonSchema).meta({ description: 'The worst first.' }),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  lastSaleAt: z.string().optional(),
  lastActivity: z
    .object({ at: z.string(), kind: z.enum(['sale', 'agreement', 'payee', 'training']) })
    .optional()
    .meta({
      description: 'The last that is known: a sale, an agreement accepted, bank details changed, a course passed.',
    }),
  conversions: z.int().meta({ description: 'Of this month, by when they took place.' }),
  conversionsBefore: z.int(),
  revenue: z.array(
    z.object({
      currency: z.string(),
      monthMinor: minorSchema,
      sameDaysBeforeMinor: minorSchema,
      beforeMinor: minorSchema,
    }),
  ),
});

export const listPartnerHealthRoute = defineRoute({
  name: 'list-partner-health',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/partner-health',
  summary: 'List partners with their health',
  description:
    'As it was last computed (`asOf`), 202 before it ever was; POST .../overview-refreshes has it computed anew, which takes some seconds. Pages that follow one another are of the same computation.',
  access: ['partner_manager', 'finance', 'approver', 'admin'],
  params: z.object({ programId: idSchema }),
  query: z.strictObject({
    status: healthStatusSchema.optional(),
    tier: tierSchema.optional(),
    q: z.string().max(MAX_SEARCH_LENGTH).optional().meta({ description: 'Words of a name or id.' }),
    sort: z
      .enum(['health', 'name', 'revenue', 'last_activity'])
      .default('health')
      .meta({ description: '`health`: the worst first. `revenue`: of this month in the programme’s currency.' }),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: z.object({
    status: z.literal('ready'),
    asOf: asOfSchema,
    isStale: isStaleSchema,
    total: z.int().meta({ description: 'How many there are with these filters.' }),
    counts: healthCountsSchema.meta({ description: 'Of all partners, without the filters.' }),
    items: z.array(partnerHealthSchema),
    nextCursor: z.string().optional(),
  }),
  accepted: notReadySchema,
});
