import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf, periodSchema } from '#shared/contracts/fields';
import { conversionAnswerSchema } from '#shared/contracts/referrals/record-conversion';
import { defineRoute } from '#shared/contracts/route';

const summarySchema = conversionAnswerSchema
  .pick({
    orderId: true,
    partnerId: true,
    occurredAt: true,
    period: true,
    amount: true,
    category: true,
    country: true,
    outcome: true,
    earnsNothing: true,
    signals: true,
  })
  .extend({
    customerId: z.string().optional().meta({ description: 'For staff and merchants only.' }),
    shareBps: z.int().optional().meta({
      description: "Of a split sale: this partner's share. All amounts are its part.",
    }),
    refundedMinor: z.int(),
    nettedMinor: z.int().meta({ description: 'Refunds in time to reduce what the sale is paid on.' }),
    reattributed: z
      .enum(['received', 'given_away', 'decided_later'])
      .optional()
      .meta({
        description:
          'Absent: never re-attributed. `received`: it came to this partner from another or from nobody. `given_away`: after ' +
          'this month was closed it went to another partner, where it counts now; the month keeps what it has read. `decided_later`: it was held ' +
          'when this month was closed, and counts in a later one since somebody decided.',
      }),
  });

export const listConversionsRoute = defineRoute({
  name: 'list-conversions',
  service: 'referrals',
  method: 'GET',
  path: '/v1/programs/{programId}/conversions',
  summary: 'List the sales of a month, of a partner or of nobody',
  description:
    'By when they occurred, then order; a sale that was just recorded appears within a second or so. Staff and keys name ' +
    '`partnerId` or `unattributed=true`; a partner sees its own. The sale itself has its attribution and refunds.',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'merchant', 'partner'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    period: periodSchema.optional().meta({
      description: 'The month that pays the sales. Default: the one that a sale made now would count in.',
      example: '2026-01',
    }),
    partnerId: idSchema.optional(),
    unattributed: z.enum(['true', 'false']).optional().meta({ description: '`true`: those nobody could claim.' }),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: pageOf(summarySchema).extend({ period: z.string() }),
});
